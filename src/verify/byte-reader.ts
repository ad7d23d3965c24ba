import type { Readable } from 'node:stream';

/** Takes a stream apart into pieces of given lengths. */
export class ByteReader {
  private readonly source: AsyncIterator<Buffer>;

  private readonly chunks: Buffer[] = [];

  private available = 0;

  constructor(stream: Readable) {
    this.source = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next bytes; undefined where the stream has fewer. */
  async read(length: number): Promise<Buffer | undefined> {
    while (this.available < length) {
      if (!(await this.pull())) {
        return undefined;
      }
    }
    const parts: Buffer[] = [];
    for (let missing = length; missing > 0;) {
      const part = this.take(missing);
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  /** Passes over the next bytes without keeping them. */
  async skip(length: number): Promise<undefined> {
    for (let missing = length; missing > 0;) {
      if (this.available === 0 && !(await this.pull())) {
        return;
      }
      missing -= this.take(missing).length;
    }
  }

  private async pull(): Promise<boolean> {
    const { done, value } = await this.source.next();
    if (done) {
      return false;
    }
    this.chunks.push(value);
    this.available += value.length;
    return true;
  }

  /** As much of the first chunk as is wanted. */
  private take(length: number): Buffer {
    const chunk = this.chunks[0]!;
    const part = chunk.subarray(0, length);
    if (part.length === chunk.length) {
      this.chunks.shift();
    } else {
      this.chunks[0] = chunk.subarray(length);
    }
    this.available -= part.length;
    return part;
  }
}
