import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  type Stats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StagedDirectory, stagedPath } from './staged-directory';
import { CHUNK, TextBatches } from './text-batches';
import { codeOf, obstacle, writeError } from './write-error';
import { writeWhole, type WholeOptions } from './write-whole';

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

  private readonly batches = new TextBatches();

  /** Directories that were not there, of which nothing below has to be looked for. */
  private readonly absent = new Set<string>();

  /** Directories that came as a whole: nobody else has a file there. */
  private readonly own = new Set<string>();

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

  /** Lines of a file that may be too large for one text; undefined where there is none. */
  lines(path: string): Generator<string> | undefined {
    return this.has(path) ? linesOf(this.chunks(path)) : undefined;
  }

  /** Whether a file is there and has exactly the bytes of these texts. */
  equals(path: string, texts: Iterable<string>): boolean {
    const stats = this.inspect(path);
    if (!stats?.isFile()) {
      return false;
    }
    const file = this.guard(path, () => openSync(this.locate(path), 'r'));
    try {
      const there = Buffer.allocUnsafe(CHUNK);
      for (const bytes of this.batches.of(texts)) {
        if (!bytes.equals(readFully(file, there.subarray(0, bytes.length)))) {
          return false;
        }
      }
      return readFully(file, there.subarray(0, 1)).length === 0;
    } finally {
      closeSync(file);
    }
  }

  /** Puts a file in the place of another, which is the one or the other at every moment. */
  rename(from: string, to: string): void {
    this.guard(to, () => renameSync(this.locate(from), this.locate(to)));
  }

  /** Writes a file beside its place and renames it in: it is whole at every moment. */
  write(path: string, content: string | Iterable<string>, options: WholeOptions = {}): void {
    this.makeDirectories(path);
    const place = this.locate(path);
    const temporary = place + TEMPORARY;
    this.guard(path, () => {
      try {
        writeWhole(temporary, this.batches.of(typeof content === 'string' ? [content] : content), options);
        renameSync(temporary, place);
      } catch (error) {
        removeIfThere(temporary);
        throw error;
      }
    });
  }

  /** Begins a directory of the output that is not there; undefined where it is, or something is in the way. */
  stage(name: string): StagedDirectory | undefined {
    return this.parentIsSafe(`${name}/.`) ? undefined : StagedDirectory.begin(this.path, name);
  }

  /** Puts a directory that was staged into its place. */
  commit(staged: StagedDirectory): void {
    staged.commit();
    this.hasCome(staged.name);
  }

  /** Puts a directory that is whole into its place; false where something is there. */
  adopt(name: string, from: string): boolean {
    if (this.parentIsSafe(`${name}/.`)) {
      return false;
    }
    this.guard(name, () => renameSync(from, this.locate(name)));
    this.hasCome(name);
    return true;
  }

  /** A directory has come as a whole. */
  private hasCome(name: string): void {
    this.absent.delete(name);
    this.own.add(name);
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
    const staged = stagedPath(path);
    if (staged === undefined) {
      return;
    }
    if (this.parentIsSafe(staged)) {
      this.guard(staged, () => removeIfThere(this.locate(staged)));
    }
    // A directory may have come without the one in it that a file is in.
    this.removeEmpty(staged);
  }

  private removeEmpty(path: string): void {
    for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
      if (!removeIfEmpty(this.locate(parent))) {
        return;
      }
      this.checked.delete(parent);
    }
  }

  /** Every file below that somebody else can have put there, relative; links count as files. */
  *list(below = ''): Generator<string> {
    for (const entry of this.guard(below, () => readdirSync(this.locate(below), { withFileTypes: true }), [])) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (this.own.has(path)) {
        continue;
      }
      if (entry.isDirectory()) {
        yield* this.list(path);
      } else {
        yield path;
      }
    }
  }

  /** Tells every file below the directory, in some order that stays the same, with what the system knows of it. */
  look(see: (path: string, stats: Stats) => void, below = ''): void {
    const place = below === '' ? this.path : `${this.path}/${below}`;
    const entries = this.guard(below, () => readdirSync(place, { withFileTypes: true }), []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      // Of a directory nothing is asked but its entries.
      if (entry.isDirectory()) {
        this.look(see, path);
        continue;
      }
      const stats = lstatSync(`${this.path}/${path}`, { throwIfNoEntry: false });
      if (stats) {
        see(path, stats);
      }
    }
  }

  /** Now, by the clock of the file system that the directory is on; undefined where nothing can be written. */
  clock(): number | undefined {
    const path = join(this.path, `.synth-clock.${process.pid}${TEMPORARY}`);
    try {
      closeSync(openSync(path, 'wx', 0o600));
      const { mtimeMs } = lstatSync(path);
      unlinkSync(path);
      return mtimeMs;
    } catch {
      return undefined;
    }
  }

  /** Names of what lies in the directory itself, by code point; none where it is not there. */
  entries(): string[] {
    return this.guard('', () => readdirSync(this.path), []).sort();
  }

  /** Makes the directory itself. */
  create(): void {
    this.guard('', () => mkdirSync(this.path, { recursive: true }));
  }

  private has(path: string): boolean {
    const stats = this.inspect(path);
    if (stats && !stats.isFile()) {
      throw obstacle(this.locate(path), `${describe(stats)} stands where a generated file belongs`);
    }
    return stats !== undefined;
  }

  /** Bytes of a file, some at a time. */
  *chunks(path: string): Generator<Buffer> {
    if (!this.has(path)) {
      return;
    }
    const file = this.guard(path, () => openSync(this.locate(path), 'r'));
    try {
      for (let bytes = readChunk(file); bytes.length > 0; bytes = readChunk(file)) {
        yield bytes;
      }
    } finally {
      closeSync(file);
    }
  }

  private locate(path: string): string {
    if (path.includes('..') && path.split('/').includes('..')) {
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
    if (this.absent.has(parent) || !this.parentIsSafe(parent)) {
      return false;
    }
    const stats = this.guard(parent, () => lstatSync(this.locate(parent), { throwIfNoEntry: false }));
    if (!stats) {
      this.absent.add(parent);
      return false;
    }
    if (!stats.isDirectory()) {
      throw obstacle(this.locate(parent), `${describe(stats)} stands where a directory of the output belongs`);
    }
    this.remember(parent);
    return true;
  }

  /** Ten thousand images have three hundred thousand directories, and are written one after the other. */
  private remember(directory: string): void {
    if (this.checked.size >= REMEMBERED) {
      this.checked.clear();
    }
    this.checked.add(directory);
  }

  private makeDirectories(path: string): void {
    const parent = dirname(path);
    if (parent === '.' || this.checked.has(parent)) {
      return;
    }
    this.makeDirectories(parent);
    this.absent.delete(parent);
    if (this.guard(parent, () => makeDirectory(this.locate(parent)))) {
      this.remember(parent);
    } else {
      this.parentIsSafe(path);
    }
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

/** Directories that need not be looked at again: some images'. What is kept for longer is garbage that V8 has moved. */
const REMEMBERED = 100;

function readChunk(file: number): Buffer {
  return readFully(file, Buffer.allocUnsafe(CHUNK));
}

/** As many bytes as there is room for, fewer at the end of the file. */
function readFully(file: number, bytes: Buffer): Buffer {
  const { length } = bytes;
  let filled = 0;
  for (let read = -1; read !== 0 && filled < length; filled += read) {
    read = readSync(file, bytes, filled, length - filled, null);
  }
  return bytes.subarray(0, filled);
}

/** Lines without their ends; a character may stand across two chunks. */
function* linesOf(chunks: Iterable<Buffer>): Generator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = bytes.lastIndexOf(10);
    yield* bytes
      .toString('utf8', 0, Math.max(end, 0))
      .split('\n')
      .slice(0, end < 0 ? 0 : undefined);
    rest = bytes.subarray(end + 1);
  }
  yield rest.toString();
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

/** Makes a directory; false where something has the name already. */
function makeDirectory(path: string): boolean {
  try {
    mkdirSync(path, 0o755);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    throw error;
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
