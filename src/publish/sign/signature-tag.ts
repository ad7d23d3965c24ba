import type { Registry } from '../registry/registry';

/** Tag under which cosign keeps the signatures of a digest. */
export function signatureTag(digest: string): string {
  return `${digest.replace(':', '-')}.sig`;
}

/** Whether there is a signature of a digest. Whose it is is not asked here. */
export async function hasSignature(registry: Registry, repository: string, digest: string): Promise<boolean> {
  return (await registry.findManifest(repository, signatureTag(digest))) !== undefined;
}
