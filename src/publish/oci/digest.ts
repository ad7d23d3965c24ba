import { createHash } from 'node:crypto';

/** Digest of bytes, as registries write it: `sha256:...`. */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
