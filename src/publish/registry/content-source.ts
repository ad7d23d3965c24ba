import type { BlobSource, Registry } from './registry';
import type { Descriptor } from '../oci/types';

/** Where the parts of an image are read from. */
export interface ContentSource {
  manifest(descriptor: Descriptor): Promise<Buffer>;
  blob(descriptor: Descriptor): BlobSource;
}

/** A repository as the source of a copy to another registry, or within one. */
export function repositorySource(registry: Registry, repository: string, targetHost: string): ContentSource {
  return {
    async manifest({ digest }) {
      const found = await registry.getManifest(repository, digest);
      if (found === undefined) {
        throw new Error(`${registry.host}/${repository}@${digest} is not there any more`);
      }
      return found.bytes;
    },
    blob: ({ digest, size }) => ({
      digest,
      size,
      open: () => registry.openBlob(repository, digest),
      mountFrom: registry.host === targetHost ? repository : undefined,
    }),
  };
}
