import { closeSync, constants, fchmodSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** How a file is written. */
export interface WholeOptions {
  readonly executable?: boolean;
  /** Whether it is on the disk, whatever happens, when it is written. */
  readonly durable?: boolean;
  /** Is shown what is written. */
  readonly see?: ((bytes: Buffer) => void) | undefined;
}

/** Writes a file, whose bytes may come in pieces; its mode does not depend on what was there. */
export function writeWhole(path: string, content: Iterable<Buffer>, options: WholeOptions): void {
  const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
  try {
    // The mode does not depend on the umask of the person who synthesizes.
    fchmodSync(file, options.executable ? 0o755 : 0o644);
    for (const bytes of content) {
      options.see?.(bytes);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(file, bytes, written);
      }
    }
    if (options.durable) {
      fsyncSync(file);
    }
  } finally {
    closeSync(file);
  }
}
