import { closeSync, constants, fchmodSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Bytes that are read, or written, at a time. */
export const CHUNK = 1024 * 1024;

/** Writes a file, whose bytes may come in pieces; its mode does not depend on what was there. */
export function writeWhole(
  path: string,
  content: string | Iterable<string>,
  options: { executable?: boolean; durable?: boolean },
): void {
  const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
  try {
    // The mode does not depend on the umask of the person who synthesizes.
    fchmodSync(file, options.executable ? 0o755 : 0o644);
    for (const bytes of typeof content === 'string' ? [Buffer.from(content)] : batches(content)) {
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

/** Short texts together. */
export function* batches(texts: Iterable<string>): Generator<Buffer> {
  let waiting: string[] = [];
  let length = 0;
  for (const text of texts) {
    waiting.push(text);
    length += text.length;
    if (length >= CHUNK) {
      yield Buffer.from(waiting.join(''));
      waiting = [];
      length = 0;
    }
  }
  if (length > 0) {
    yield Buffer.from(waiting.join(''));
  }
}
