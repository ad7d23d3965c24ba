import { digestOf } from './digest';
import { ATTESTATION, MEDIA_TYPES, type Descriptor, type ImageIndex } from './types';
import { byCodePoint } from '../../catalog/order';

/** The image of one architecture, with its attestations. */
export interface ListEntry {
  readonly architecture: string;
  /** The image first, then what is attested of it. */
  readonly descriptors: readonly Descriptor[];
}

/**
 * A manifest list, as a value: architectures are added, replaced and removed, and the same content always has the same
 * bytes and so the same digest.
 */
export class ImageList {
  static empty(): ImageList {
    return new ImageList(new Map(), {});
  }

  /** Of entries and annotations. */
  static of(entries: readonly ListEntry[], annotations: Readonly<Record<string, string>> = {}): ImageList {
    return entries.reduce((list, entry) => list.with(entry), ImageList.empty()).annotated(annotations);
  }

  /** What a registry has. Attestations follow the image that they are about. */
  static parse(index: ImageIndex): ImageList {
    const images = index.manifests.filter((item) => !isAttestation(item) && item.platform !== undefined);
    const entries = images.map((image) => ({
      architecture: image.platform!.architecture,
      descriptors: [
        image,
        ...index.manifests.filter((item) => item.annotations?.[ATTESTATION.subject] === image.digest),
      ],
    }));
    return ImageList.of(entries, index.annotations);
  }

  private constructor(
    private readonly parts: ReadonlyMap<string, ListEntry>,
    readonly annotations: Readonly<Record<string, string>>,
  ) {}

  get architectures(): readonly string[] {
    return [...this.parts.keys()].sort(byCodePoint);
  }

  get entries(): readonly ListEntry[] {
    return this.architectures.map((name) => this.parts.get(name)!);
  }

  entry(architecture: string): ListEntry | undefined {
    return this.parts.get(architecture);
  }

  /** With an architecture added, or in the place of the one that it had. */
  with(entry: ListEntry): ImageList {
    return new ImageList(new Map([...this.parts, [entry.architecture, entry]]), this.annotations);
  }

  without(architecture: string): ImageList {
    return new ImageList(new Map([...this.parts].filter(([name]) => name !== architecture)), this.annotations);
  }

  annotated(annotations: Readonly<Record<string, string>>): ImageList {
    const sorted = Object.entries(annotations).sort(([a], [b]) => byCodePoint(a, b));
    return new ImageList(this.parts, Object.fromEntries(sorted));
  }

  /** The manifest, as it is pushed. */
  get bytes(): Buffer {
    const images = this.entries.flatMap(({ descriptors }) => descriptors.slice(0, 1));
    const attestations = this.entries.flatMap(({ descriptors }) => descriptors.slice(1));
    const index: ImageIndex = {
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.index,
      manifests: [...images, ...attestations],
      ...(Object.keys(this.annotations).length > 0 ? { annotations: this.annotations } : {}),
    };
    return Buffer.from(JSON.stringify(index, null, 2));
  }

  get digest(): string {
    return digestOf(this.bytes);
  }
}

function isAttestation(descriptor: Descriptor): boolean {
  return descriptor.annotations?.[ATTESTATION.type] === ATTESTATION.typeValue;
}
