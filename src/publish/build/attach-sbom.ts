import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { digestOf } from '../oci/digest';
import { ImageList } from '../oci/image-list';
import type { Layout } from '../oci/layout';
import { withPlatform } from '../oci/layout';
import { ATTESTATION, MEDIA_TYPES, type Descriptor, type ImageManifest } from '../oci/types';

const IN_TOTO = 'application/vnd.in-toto+json';

/** Configuration of an attestation manifest, as BuildKit writes it. */
interface AttestationConfig {
  readonly architecture: string;
  readonly os: string;
  readonly config: object;
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly string[] };
}

/**
 * Adds a list of packages (SPDX, as JSON) to the attestations of an image, in the form in which BuildKit would have:
 * `docker buildx imagetools inspect` shows it. The image itself stays as it is.
 */
export function attachSbom(layout: Layout, spdx: string): void {
  const { entry, image } = layout;
  const store = (bytes: Buffer): { digest: string; size: number } => {
    const digest = digestOf(bytes);
    const path = layout.path({ digest });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return { digest, size: bytes.length };
  };
  const statement = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType: 'https://spdx.dev/Document',
      subject: [{ name: '_', digest: { sha256: image.digest.slice('sha256:'.length) } }],
      predicate: JSON.parse(spdx) as unknown,
    }),
  );
  const layer: Descriptor = {
    mediaType: IN_TOTO,
    ...store(statement),
    annotations: { [ATTESTATION.predicate]: 'https://spdx.dev/Document' },
  };
  const [, earlier] = entry.descriptors;
  const before = earlier && layout.json<ImageManifest>(earlier);
  const layers = [...(before?.layers ?? []), layer];
  const config: AttestationConfig = {
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  };
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.manifest,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        ...store(Buffer.from(JSON.stringify(config))),
      },
      layers,
    }),
  );
  const attestation: Descriptor = {
    mediaType: MEDIA_TYPES.manifest,
    ...store(manifest),
    platform: { architecture: 'unknown', os: 'unknown' },
    annotations: { [ATTESTATION.type]: ATTESTATION.typeValue, [ATTESTATION.subject]: image.digest },
  };
  const list = ImageList.of([
    {
      architecture: entry.architecture,
      descriptors: [image.platform ? image : withPlatform(image, entry.architecture), attestation],
    },
  ]);
  const root: Descriptor = { mediaType: MEDIA_TYPES.index, ...store(list.bytes) };
  const index = { schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests: [root] };
  writeFileSync(join(layout.directory, 'index.json'), JSON.stringify(index));
}
