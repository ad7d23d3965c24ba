/** Bytes that are read, or written, at a time. */
export const CHUNK = 1024 * 1024;

/** Makes bytes of texts, by way of one buffer for all: buffers are garbage that V8 lets wait. */
export class TextBatches {
  private bytes: Buffer | undefined;

  /** Bytes of texts, short ones together, each batch until the next is asked for. */
  *of(texts: Iterable<string>): Generator<Buffer> {
    const bytes = (this.bytes ??= Buffer.allocUnsafe(CHUNK));
    let filled = 0;
    for (const text of texts) {
      // A unit takes three bytes at most.
      const most = text.length * 3;
      if (filled > 0 && filled + most > CHUNK) {
        yield bytes.subarray(0, filled);
        filled = 0;
      }
      if (most > CHUNK) {
        yield Buffer.from(text);
      } else {
        filled += bytes.write(text, filled);
      }
    }
    if (filled > 0) {
      yield bytes.subarray(0, filled);
    }
  }
}
