import type { ContentSource } from './content-source';
import type { Registry } from './registry';
import type { Descriptor, ImageManifest } from '../oci/types';

/** What a push had to send. */
export interface PushResult {
  /** Blobs that were uploaded or mounted; the others were there. */
  readonly blobs: number;
  readonly manifests: number;
}

/** Blobs that are sent at the same time. */
const AT_ONCE = 3;

/**
 * Pushes manifests with everything that they name, by digest. Blobs go before their manifest, and attestations before
 * the image that they are about: whoever sees the image sees all of it.
 */
export async function pushManifests(
  registry: Registry,
  repository: string,
  source: ContentSource,
  descriptors: readonly Descriptor[],
): Promise<PushResult> {
  let blobs = 0;
  let manifests = 0;
  for (const descriptor of [...descriptors].reverse()) {
    if ((await registry.findManifest(repository, descriptor.digest)) !== undefined) {
      continue;
    }
    const bytes = await source.manifest(descriptor);
    const { config, layers } = JSON.parse(bytes.toString('utf8')) as ImageManifest;
    const parts = [...new Map([config, ...layers].map((part) => [part.digest, part])).values()];
    blobs += await pushBlobs(registry, repository, source, parts);
    await registry.putManifest(repository, descriptor.digest, { bytes, mediaType: descriptor.mediaType });
    manifests += 1;
  }
  return { blobs, manifests };
}

async function pushBlobs(
  registry: Registry,
  repository: string,
  source: ContentSource,
  parts: readonly Descriptor[],
): Promise<number> {
  const queue = [...parts];
  let sent = 0;
  const worker = async (): Promise<void> => {
    for (let part = queue.shift(); part; part = queue.shift()) {
      sent += (await registry.putBlob(repository, source.blob(part))) ? 1 : 0;
    }
  };
  const results = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
  return sent;
}
