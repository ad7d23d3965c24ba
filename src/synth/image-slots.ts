import type { OutputFile } from './render-image';

/** Images that wait at most: the disk may be slow for a while. */
const SLOTS = 4;

/** Bytes of the files of an image; one that takes more has no place here. */
const SLOT = 512 * 1024;

/** States of a slot. */
const EMPTY = 0;
const FULL = 1;
const END = 2;

/** Cells of the head: the state of each slot, the bytes of its files, those of its index, and whether all is in vain. */
const LENGTHS = SLOTS;
const INDICES = 2 * SLOTS;
const VAIN = 3 * SLOTS;
const HEAD = VAIN + 1;

/** More than a disk needs for one image, however slow. */
const PATIENCE = 30_000;

/** A file of an image: its path below the output, its bytes in turn, and whether it is executable. */
type IndexEntry = readonly [path: string, length: number, executable: boolean];

/** A file as the other thread writes it. */
export interface SlotFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

/**
 * Images on their way from the thread that renders them to the one that writes them, through memory that both have: no
 * message is copied, and neither of them needs to come back to its loop.
 */
export class ImageSlots {
  private readonly head: Int32Array;

  private next = 0;

  /** Whether the other thread did not come when it was waited for. */
  private isAlone = false;

  /** @param patience milliseconds after which the other thread is given up */
  constructor(
    readonly memory = new SharedArrayBuffer(HEAD * Int32Array.BYTES_PER_ELEMENT + SLOTS * SLOT),
    private readonly patience = PATIENCE,
  ) {
    this.head = new Int32Array(memory, 0, HEAD);
  }

  /** Whether nothing more is to be written: the one thread could not, or the other does not want it any more. */
  get isVain(): boolean {
    return Atomics.load(this.head, VAIN) === 1;
  }

  /** Lets nothing more be written; what waits is taken, and forgotten. */
  giveUp(): void {
    Atomics.store(this.head, VAIN, 1);
  }

  /** Puts an image into the next slot, once that is empty; false where it has no room, or is not taken any more. */
  put(name: string, files: readonly OutputFile[]): boolean {
    if (this.isVain || !this.waitFor(this.next)) {
      return false;
    }
    const bytes = this.bytes();
    const index: IndexEntry[] = [];
    let filled = 0;
    for (const { path, content, executable } of files) {
      const length = bytes.write(content, filled);
      index.push([path, length, executable]);
      filled += length;
    }
    const written = bytes.write(JSON.stringify({ name, index }), filled);
    // A text that had no room is cut off, a few bytes before the end where a character did not fit.
    if (filled + written > SLOT - 4) {
      return false;
    }
    this.head[LENGTHS + this.next] = filled;
    this.head[INDICES + this.next] = written;
    this.mark(FULL);
    this.next = (this.next + 1) % SLOTS;
    return true;
  }

  /** Whether everything that was put here was taken, and nothing was in vain. */
  drain(): boolean {
    const isEmpty = Array.from({ length: SLOTS }, (_, slot) => this.waitFor(slot)).every(Boolean);
    return isEmpty && !this.isVain;
  }

  /** Ends the thread that takes them. */
  end(): void {
    if (this.waitFor(this.next)) {
      this.mark(END);
    }
  }

  /** The images, as they come, for the other thread, until the end. */
  *images(): Generator<{ readonly name: string; readonly files: Generator<SlotFile> }> {
    for (; ; this.next = (this.next + 1) % SLOTS) {
      Atomics.wait(this.head, this.next, EMPTY);
      if (Atomics.load(this.head, this.next) === END) {
        return;
      }
      const bytes = this.bytes();
      const filled = this.head[LENGTHS + this.next]!;
      const text = bytes.toString('utf8', filled, filled + this.head[INDICES + this.next]!);
      const { name, index } = JSON.parse(text) as { readonly name: string; readonly index: readonly IndexEntry[] };
      yield { name, files: filesOf(bytes, index) };
      this.mark(EMPTY);
    }
  }

  /** Waits until a slot is empty; false where the other thread does not come, for which it is waited once. */
  private waitFor(slot: number): boolean {
    this.isAlone ||= Atomics.wait(this.head, slot, FULL, this.patience) === 'timed-out';
    return !this.isAlone;
  }

  private mark(state: number): void {
    Atomics.store(this.head, this.next, state);
    Atomics.notify(this.head, this.next);
  }

  private bytes(): Buffer {
    return Buffer.from(this.memory, HEAD * Int32Array.BYTES_PER_ELEMENT + this.next * SLOT, SLOT);
  }
}

function* filesOf(bytes: Buffer, index: readonly IndexEntry[]): Generator<SlotFile> {
  let begin = 0;
  for (const [path, length, executable] of index) {
    yield { path, content: bytes.subarray(begin, begin + length), executable };
    begin += length;
  }
}
