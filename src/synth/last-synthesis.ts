import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeCacheFile } from './cache-file';
import type { OutputDirectory } from './output-directory';
import { sha256 } from './output-plan';

/** What is remembered of an output that a synthesis has found, or left, as it has to be. */
export interface LastSynthesis {
  /** What it was made by: this package, and the tree. */
  readonly from: string;
  /** sha256 of its manifest. */
  readonly manifest: string;
  /** Number of its files. */
  readonly files: number;
  /** What the system knew of every file; absent where files were younger than the look at them. */
  readonly listing?: string | undefined;
  /** Files in it that nobody generated. */
  readonly foreign: readonly string[];
}

/** Remembers the last synthesis of an output, in a directory for what can be lost. */
export class SynthMemory {
  private readonly directory: string;
  private readonly name: string;
  private readonly from: string;

  /**
   * @param cache directory for what can be lost
   * @param outdir the output directory
   * @param made what the output is made by and from, as one text
   */
  constructor(cache: string, outdir: string, made: string) {
    const place = real(outdir);
    this.directory = cache;
    this.name = `synth-${sha256(place).slice(0, 16)}.json`;
    this.from = sha256(`${place}\n${made}`);
  }

  /** What is remembered, if it was made by this package from this very tree. */
  recall(): LastSynthesis | undefined {
    try {
      const last = JSON.parse(readFileSync(join(this.directory, this.name), 'utf8')) as LastSynthesis;
      return last.from === this.from && typeof last.files === 'number' && Array.isArray(last.foreign)
        ? last
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** Remembers; what cannot be written is forgotten. */
  remember(last: Omit<LastSynthesis, 'from'>): void {
    const whole: LastSynthesis = { from: this.from, ...last };
    writeCacheFile(join(this.directory, this.name), JSON.stringify(whole));
  }
}

/** What the system knows of every file of an output, as one hash. */
export interface Listing {
  readonly hash: string;
  /** The last change of a file, in milliseconds of the file system's clock. */
  readonly youngest: number;
  readonly count: number;
}

/** Letters that are hashed together: each call of the hash has its price. */
const BATCH = 65_536;

/** @param own names that come and go while a synthesis runs */
export function listingOf(directory: OutputDirectory, own: (name: string) => boolean): Listing {
  const hash = createHash('sha256');
  let youngest = 0;
  let count = 0;
  let lines = '';
  directory.look((path, { mode, size, mtimeMs, ctimeMs, ino }) => {
    if (own(path)) {
      return;
    }
    lines += `${path}\0${mode} ${size} ${mtimeMs} ${ctimeMs} ${ino}\n`;
    if (lines.length >= BATCH) {
      hash.update(lines);
      lines = '';
    }
    count++;
    youngest = Math.max(youngest, mtimeMs, ctimeMs);
  });
  hash.update(lines);
  return { hash: hash.digest('hex'), youngest, count };
}

/** A directory that is not there yet has no links on the way that matter. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
