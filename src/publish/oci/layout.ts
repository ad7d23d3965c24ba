import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from './digest';
import { ImageList, type ListEntry } from './image-list';
import {
  isIndex,
  MEDIA_TYPES,
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  type ImageSettings,
} from './types';
import type { ContentSource } from '../registry/content-source';
import type { BlobSource } from '../registry/registry';

/** An image of one architecture in a directory, as BuildKit writes it with `type=oci,tar=false`. */
export class Layout implements ContentSource {
  /** The layout of a directory; undefined where there is none that is complete. */
  static open(directory: string): Layout | undefined {
    if (!existsSync(join(directory, 'index.json'))) {
      return undefined;
    }
    try {
      const layout = new Layout(directory);
      return layout.isComplete() ? layout : undefined;
    } catch {
      return undefined;
    }
  }

  /** The image and its attestations. */
  readonly entry: ListEntry;

  readonly settings: ImageSettings;

  /** What the index of the directory points to. */
  readonly root: Descriptor;

  private constructor(readonly directory: string) {
    const { manifests } = JSON.parse(readFileSync(join(directory, 'index.json'), 'utf8')) as ImageIndex;
    const [root] = manifests as [Descriptor];
    this.root = root;
    this.entry = isIndex(root.mediaType)
      ? ImageList.parse(this.json<ImageIndex>(root)).entries[0]!
      : { architecture: this.settingsOf(root).architecture, descriptors: [root] };
    this.settings = this.settingsOf(this.image);
  }

  /** Descriptor of the image itself, with its platform. */
  get image(): Descriptor {
    return this.entry.descriptors[0]!;
  }

  get labels(): Readonly<Record<string, string>> {
    return this.settings.config?.Labels ?? {};
  }

  /** Path of a blob. */
  path({ digest }: Pick<Descriptor, 'digest'>): string {
    return join(this.directory, 'blobs', ...digest.split(':'));
  }

  manifest(descriptor: Descriptor): Promise<Buffer> {
    return Promise.resolve(this.bytes(descriptor));
  }

  blob({ digest, size }: Descriptor): BlobSource {
    return { digest, size, open: () => Promise.resolve(createReadStream(this.path({ digest }))) };
  }

  /** Text of a small blob, whose content is checked. */
  bytes(descriptor: Descriptor): Buffer {
    const bytes = readFileSync(this.path(descriptor));
    if (digestOf(bytes) !== descriptor.digest) {
      throw new Error(`${this.path(descriptor)} has other content than its name says`);
    }
    return bytes;
  }

  json<T>(descriptor: Descriptor): T {
    return JSON.parse(this.bytes(descriptor).toString('utf8')) as T;
  }

  /** Whether every blob is there, with its size: some may have been removed before a process was killed. */
  private isComplete(): boolean {
    return this.entry.descriptors.every((descriptor) => {
      const { config, layers } = this.json<ImageManifest>(descriptor);
      return [config, ...layers].every((blob) => statSync(this.path(blob)).size === blob.size);
    });
  }

  private settingsOf(image: Descriptor): ImageSettings {
    return this.json<ImageSettings>(this.json<ImageManifest>(image).config);
  }
}

/** Platform of an image that stands alone, so that a list can name it. */
export function withPlatform(image: Descriptor, architecture: string): Descriptor {
  return { ...image, mediaType: image.mediaType || MEDIA_TYPES.manifest, platform: { architecture, os: 'linux' } };
}
