import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** UTF-16 units of texts that are kept in memory. */
const MEMORY = 4 * 1024 * 1024;

/** Bytes that are gathered before they are written. */
const GATHERED = 1024 * 1024;

/** Where a text lies in the file. */
interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * Texts between checking and writing: the first ones in memory, what is more in a file of the system's temporary
 * directory that has no name any more, so that nothing is left of it however the process ends.
 */
export class Spool {
  private readonly texts: Array<string | Place | undefined> = [];

  private units = 0;

  private file: number | undefined;

  private gathered: Buffer[] = [];

  private gatheredBytes = 0;

  private bytes = 0;

  /** Keeps a text under a number. */
  keep(index: number, text: string): void {
    this.units += text.length;
    this.texts[index] = this.units <= MEMORY ? text : this.store(text);
  }

  /** A text; undefined where it was too much to keep. */
  kept(index: number): string | undefined {
    const text = this.texts[index];
    return typeof text === 'object' ? this.load(text) : text;
  }

  private store(text: string): Place | undefined {
    const bytes = Buffer.from(text);
    const place = { offset: this.bytes, length: bytes.length };
    this.gathered.push(bytes);
    this.gatheredBytes += bytes.length;
    this.bytes += bytes.length;
    if (this.gatheredBytes >= GATHERED) {
      this.flush();
    }
    return this.file === NONE ? undefined : place;
  }

  private load({ offset, length }: Place): string | undefined {
    this.flush();
    if (this.file === undefined || this.file === NONE) {
      return undefined;
    }
    const bytes = Buffer.allocUnsafe(length);
    return readSync(this.file, bytes, 0, length, offset) === length ? bytes.toString() : undefined;
  }

  private flush(): void {
    const bytes = Buffer.concat(this.gathered);
    this.gathered = [];
    this.gatheredBytes = 0;
    this.file ??= openNameless();
    if (bytes.length === 0 || this.file === NONE) {
      return;
    }
    try {
      for (let written = 0; written < bytes.length;) {
        written += writeSync(this.file, bytes, written);
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
