import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

/** UTF-16 units of texts that are kept in memory. */
const MEMORY = 4 * 1024 * 1024;

/** Bytes that are gathered before they are written. */
const CHUNK = 1024 * 1024;

/** Bytes of a text that is read as a whole. */
const PIECE = CHUNK / 16;

/**
 * Texts between checking and writing: the first ones in memory, what is more in a file of the system's temporary
 * directory that has no name any more, so that nothing is left of it however the process ends.
 */
export class Spool {
  /** The first ones. */
  private readonly texts: string[] = [];

  private units = 0;

  /** Where each of the others begins in the file; it ends where the next one begins. */
  private readonly starts: number[] = [];

  private file: number | undefined;

  /** Bytes that are gathered before they are written, and how many they are. */
  private chunk: Buffer | undefined;

  private filled = 0;

  /** For what is read next: a buffer for each file would be garbage that V8 lets wait. */
  private piece: Buffer | undefined;

  private written = 0;

  /** Keeps a text, which comes in pieces where it is long; gives its number, from 0 on. */
  keep(pieces: Iterable<string>): number {
    if (this.units <= MEMORY) {
      const text = [...pieces].join('');
      this.units += text.length;
      return this.texts.push(text) - 1;
    }
    const number = this.texts.length + this.starts.push(this.end) - 1;
    for (const piece of pieces) {
      this.store(piece);
    }
    return number;
  }

  /** A text, in pieces where it is long; undefined where it was too much to keep. */
  kept(index: number): string | Iterable<string> | undefined {
    const start = this.starts[index - this.texts.length];
    if (start === undefined) {
      return this.texts[index];
    }
    this.flush();
    if (this.file === undefined || this.file === NONE) {
      return undefined;
    }
    const end = this.starts[index - this.texts.length + 1] ?? this.end;
    return end - start <= PIECE
      ? this.read(start, end - start)?.toString()
      : { [Symbol.iterator]: () => this.pieces(start, end) };
  }

  private get end(): number {
    return this.written + this.filled;
  }

  private *pieces(start: number, end: number): Generator<string> {
    // A character may stand across two pieces.
    const decoder = new StringDecoder('utf8');
    for (let offset = start; offset < end; offset += PIECE) {
      const bytes = this.read(offset, Math.min(PIECE, end - offset));
      if (!bytes) {
        throw new Error('the temporary file with what was rendered has become shorter');
      }
      yield decoder.write(bytes);
    }
  }

  private read(offset: number, length: number): Buffer | undefined {
    this.piece ??= Buffer.allocUnsafe(PIECE);
    const isWhole = readSync(this.file!, this.piece, 0, length, offset) === length;
    return isWhole ? this.piece.subarray(0, length) : undefined;
  }

  private store(text: string): void {
    this.chunk ??= Buffer.allocUnsafe(CHUNK);
    // A unit takes three bytes at most.
    if (this.filled + text.length * 3 > CHUNK) {
      this.flush();
    }
    if (text.length * 3 > CHUNK) {
      this.write(Buffer.from(text));
    } else {
      this.filled += this.chunk.write(text, this.filled);
    }
  }

  private flush(): void {
    const length = this.filled;
    this.filled = 0;
    if (this.chunk && length > 0) {
      this.write(this.chunk.subarray(0, length));
    }
  }

  private write(bytes: Buffer): void {
    this.written += bytes.length;
    this.file ??= openNameless();
    if (this.file === NONE) {
      return;
    }
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.file, bytes, done);
      }
    } catch {
      // No room: what is not here is rendered again.
      closeSync(this.file);
      this.file = NONE;
    }
  }
}

/** In the place of a file that cannot be had. */
const NONE = -1;

function openNameless(): number {
  for (let number = 0; number < 100; number++) {
    const path = join(tmpdir(), `projen-nginx-php-${process.pid}-${number}`);
    try {
      const file = openSync(path, 'wx+', 0o600);
      unlinkSync(path);
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        return NONE;
      }
    }
  }
  return NONE;
}
