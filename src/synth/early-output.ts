import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { earlyName, sweepEarly } from './early-name';
import type { EarlyThreadData } from './early-thread';
import { ImageSlots } from './image-slots';
import type { OutputFile } from './render-image';

/** Images that the output does not have yet, from which on a thread of their own pays. */
const MANY = 100;

/** It is there where this package is built; from its sources it works without. */
const THREAD = join(__dirname, 'early-thread.js');

/**
 * Directories of images that the output does not have yet, written beside their places by a thread of its own while
 * other images are rendered. None is in its place before all are judged. Whatever goes wrong here is left to those who
 * write the output in the ordinary way, and who tell what is wrong: nothing depends on this but time.
 * See docs/decisions/0052-written-while-others-are-rendered.md.
 */
export class EarlyOutput {
  /**
   * Begins where it pays; undefined elsewhere.
   *
   * @param names of the images that are to be rendered
   * @param thread what the thread runs
   */
  static begin(outdir: string, names: readonly string[], thread = THREAD): EarlyOutput | undefined {
    if (names.length < MANY || !existsSync(thread)) {
      return undefined;
    }
    try {
      return EarlyOutput.beginIn(outdir, names, thread);
    } catch {
      return undefined;
    }
  }

  private static beginIn(outdir: string, names: readonly string[], thread: string): EarlyOutput | undefined {
    const made = mkdirSync(outdir, { recursive: true });
    sweepEarly(outdir);
    const there = new Set(readdirSync(outdir));
    if (names.filter((name) => !there.has(name)).length < MANY) {
      return undefined;
    }
    const staging = join(outdir, earlyName());
    mkdirSync(staging, 0o755);
    const early = new EarlyOutput(outdir, made, there, staging);
    try {
      early.start(thread);
      return early;
    } catch {
      early.remove();
      return undefined;
    }
  }

  private readonly slots = new ImageSlots();

  private readonly taken: string[] = [];

  /**
   * @param made the uppermost directory that had to be made for the output
   * @param there what the output has
   */
  private constructor(
    private readonly outdir: string,
    private readonly made: string | undefined,
    private readonly there: ReadonlySet<string>,
    private readonly staging: string,
  ) {}

  /** Takes an image that is judged; false where it has to be written in the ordinary way. */
  take(name: string, files: readonly OutputFile[]): boolean {
    const isTaken = !this.there.has(name) && this.slots.put(name, files);
    if (isTaken) {
      this.taken.push(name);
    }
    return isTaken;
  }

  /** Waits for what was taken; the directories of images, by name, none where one of them could not be written. */
  *finish(): Generator<readonly [name: string, directory: string]> {
    if (!this.slots.drain()) {
      // Whoever writes them now needs the room.
      this.clear();
      return;
    }
    for (const name of this.taken) {
      yield [name, join(this.staging, name)];
    }
  }

  /** Ends the thread, and removes what has not found its place. */
  discard(): void {
    this.slots.giveUp();
    this.slots.drain();
    this.slots.end();
    this.remove();
  }

  private start(thread: string): void {
    const workerData: EarlyThreadData = { memory: this.slots.memory, staging: this.staging };
    const worker = new Worker(thread, { workerData, execArgv: [] });
    // Nobody takes from the slots then, which is all that has to be known.
    worker.on('error', () => this.slots.giveUp());
    worker.unref();
  }

  private remove(): void {
    this.clear();
    try {
      // Nothing was there, and nothing was written: it is so again.
      for (let path = resolve(this.outdir); this.made && path.startsWith(resolve(this.made)); path = dirname(path)) {
        rmdirSync(path);
      }
    } catch {
      // Something is in it, most often the output.
    }
  }

  private clear(): void {
    try {
      rmSync(this.staging, { recursive: true, force: true });
    } catch {
      // The next synthesis removes it.
    }
  }
}
