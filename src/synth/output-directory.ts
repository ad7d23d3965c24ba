import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DockerfileGeneratorError } from '../errors';

/** A file on the disk. */
export interface DiskFile {
  readonly content: Buffer;
  readonly executable: boolean;
}

/** Ending of a file that is being written beside its place. */
export const TEMPORARY = '.synth-tmp';

/**
 * The directory of the output, and the only door to it: paths are relative, no symbolic link is followed, and every
 * failure is a FILE_WRITE_ERROR that names the path.
 */
export class OutputDirectory {
  private readonly checked = new Set<string>();

  constructor(readonly path: string) {}

  /** Content of a file; undefined where there is none. */
  read(path: string): DiskFile | undefined {
    const stats = this.inspect(path);
    if (!stats) {
      return undefined;
    }
    if (!stats.isFile()) {
      throw obstacle(this.locate(path), `${describe(stats)} stands where a generated file belongs`);
    }
    return this.guard(path, () => ({
      content: readFileSync(this.locate(path)),
      executable: (stats.mode & 0o100) !== 0,
    }));
  }

  /** Writes a file beside its place and renames it in: it is whole at every moment. */
  write(path: string, content: string, options: { executable?: boolean; durable?: boolean } = {}): void {
    this.makeDirectories(path);
    const place = this.locate(path);
    const temporary = place + TEMPORARY;
    this.guard(path, () => {
      try {
        writeWhole(temporary, content, options);
        renameSync(temporary, place);
      } catch (error) {
        removeIfThere(temporary);
        throw error;
      }
    });
  }

  /** Removes a file, what an interrupted run left beside it, and the directories that are empty then. */
  remove(path: string): void {
    if (this.parentIsSafe(path)) {
      this.guard(path, () => removeIfThere(this.locate(path)));
    }
    this.sweep(path);
  }

  /** Removes what an interrupted run left beside the place of a file, and the directories that are empty then. */
  sweep(path: string): void {
    if (this.parentIsSafe(path)) {
      this.guard(path, () => removeIfThere(this.locate(path) + TEMPORARY));
    }
    this.removeEmpty(path);
  }

  private removeEmpty(path: string): void {
    for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
      if (!removeIfEmpty(this.locate(parent))) {
        return;
      }
      this.checked.delete(parent);
    }
  }

  /** Every file below the directory, relative, by code point; links count as files. */
  list(below = ''): string[] {
    const entries = this.guard(below, () => readdirSync(this.locate(below), { withFileTypes: true }), []);
    return entries
      .flatMap((entry) => {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        return entry.isDirectory() ? this.list(path) : [path];
      })
      .sort();
  }

  /** Names of what lies in the directory itself, by code point; none where it is not there. */
  entries(): string[] {
    return this.guard('', () => readdirSync(this.path), []).sort();
  }

  /** Makes the directory itself. */
  create(): void {
    this.guard('', () => mkdirSync(this.path, { recursive: true }));
  }

  private locate(path: string): string {
    if (path.split('/').includes('..')) {
      throw obstacle(join(this.path, path), 'this path leaves the output directory');
    }
    return join(this.path, path);
  }

  private inspect(path: string): Stats | undefined {
    if (!this.parentIsSafe(path)) {
      return undefined;
    }
    return this.guard(path, () => lstatSync(this.locate(path), { throwIfNoEntry: false }), undefined);
  }

  /** Whether the directories above a path exist; throws where one of them is a link or a file. */
  private parentIsSafe(path: string): boolean {
    const parent = dirname(path);
    if (parent === '.' || this.checked.has(parent)) {
      return true;
    }
    if (!this.parentIsSafe(parent)) {
      return false;
    }
    const stats = this.guard(parent, () => lstatSync(this.locate(parent), { throwIfNoEntry: false }));
    if (!stats) {
      return false;
    }
    if (!stats.isDirectory()) {
      throw obstacle(this.locate(parent), `${describe(stats)} stands where a directory of the output belongs`);
    }
    this.checked.add(parent);
    return true;
  }

  private makeDirectories(path: string): void {
    if (this.parentIsSafe(path)) {
      return;
    }
    const parent = dirname(path);
    this.makeDirectories(parent);
    this.guard(parent, () => mkdirSync(this.locate(parent), { recursive: true, mode: 0o755 }));
    this.parentIsSafe(path);
  }

  /** Runs an operation; a missing file gives `missing` where that is allowed. */
  private guard<T>(path: string, run: () => T, ...missing: T[]): T {
    try {
      return run();
    } catch (error) {
      if (missing.length > 0 && codeOf(error) === 'ENOENT') {
        return missing[0]!;
      }
      throw writeError(this.locate(path), error);
    }
  }
}

function writeWhole(path: string, content: string, options: { executable?: boolean; durable?: boolean }): void {
  const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
  try {
    // The mode does not depend on the umask of the person who synthesizes.
    fchmodSync(file, options.executable ? 0o755 : 0o644);
    const bytes = Buffer.from(content);
    for (let written = 0; written < bytes.length;) {
      written += writeSync(file, bytes, written);
    }
    if (options.durable) {
      fsyncSync(file);
    }
  } finally {
    closeSync(file);
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
  }
}

/** Whether a directory is not there any more. */
function removeIfEmpty(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return codeOf(error) === 'ENOENT';
  }
}

function describe(stats: Stats): string {
  if (stats.isSymbolicLink()) {
    return 'a symbolic link';
  }
  return stats.isDirectory() ? 'a directory' : 'a file';
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'make it writable for you, or choose another output directory',
  EDQUOT: 'free some of your quota and synthesize again',
  EEXIST: 'name a directory with --output, or move that file away',
  EISDIR: 'move that directory away',
  ENOSPC: 'free some space and synthesize again',
  ENOTDIR: 'move the file that stands where a directory belongs away',
  EPERM: 'make it writable for you, or choose another output directory',
  EROFS: 'choose an output directory on a file system that is writable',
};

/** An error of the file system as one of ours that names the place; any other error as it is. */
export function writeError(place: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof DockerfileGeneratorError || code === undefined) {
    return error;
  }
  return new DockerfileGeneratorError(
    'FILE_WRITE_ERROR',
    [{ where: place, what: (error as Error).message, next: REMEDIES[code] ?? 'mend this and synthesize again' }],
    { cause: error },
  );
}

/** Something stands where it must not. */
export function obstacle(place: string, what: string): DockerfileGeneratorError {
  return new DockerfileGeneratorError('FILE_WRITE_ERROR', [
    {
      where: place,
      what,
      why: 'nothing is written through a link, and nothing that is not ours is replaced',
      next: 'move it away and synthesize again',
    },
  ]);
}
