import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, writeError } from './write-error';

/** A file as it is staged. */
export interface StagedFile {
  /** Path below the output, whose first segment is the directory. */
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly executable: boolean;
}

/** Where a directory is put together. No image has such a name. */
function stagingName(name: string): string {
  return `.${name}.synth-tmp`;
}

/** Where a file lies before its directory is in its place; undefined for one that is in none. */
export function stagedPath(path: string): string | undefined {
  const slash = path.indexOf('/');
  return slash < 0 ? undefined : stagingName(path.slice(0, slash)) + path.slice(slash);
}

/**
 * A directory that is not there yet, put together beside its place: it comes as a whole, and its files need not be put
 * in their places one by one.
 */
export class StagedDirectory {
  /** Begins one; undefined where something is in the way, and files have to be written one by one. */
  static begin(root: string, name: string): StagedDirectory | undefined {
    const staging = join(root, stagingName(name));
    try {
      mkdirSync(staging, 0o755);
      return new StagedDirectory(root, name, staging);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') {
        return undefined;
      }
      throw writeError(join(root, name), error);
    }
  }

  /**
   * Writes a directory that somebody else puts into its place.
   *
   * @param staging where
   * @param name first segment of the paths of its files
   */
  static write(staging: string, name: string, files: Iterable<StagedFile>): void {
    mkdirSync(staging, 0o755);
    const directory = new StagedDirectory(staging, name, staging);
    for (const file of files) {
      directory.write(file);
    }
  }

  /** Below the staging directory. */
  private readonly directories = new Set(['']);

  /** Modes, and whether files get them when they are made: the system may take from them, here as anywhere below. */
  private readonly isKept = new Map<number, boolean>();

  private constructor(
    private readonly root: string,
    readonly name: string,
    private readonly staging: string,
  ) {}

  /** Writes a file. */
  write({ path, content, executable }: StagedFile): void {
    this.guard(path, () => {
      const below = path.slice(this.name.length);
      this.makeDirectories(below);
      const place = this.staging + below;
      const mode = executable ? 0o755 : 0o644;
      writeFileSync(place, content, { flag: 'wx', mode });
      if (!this.keeps(mode, place)) {
        chmodSync(place, mode);
      }
    });
  }

  /** Puts the directory into its place. */
  commit(): void {
    this.guard(this.name, () => renameSync(this.staging, join(this.root, this.name)));
  }

  /** Removes what was written. */
  discard(): void {
    rmSync(this.staging, { recursive: true, force: true });
  }

  /** The mode does not depend on the umask of the person who synthesizes, nor on defaults of the directory. */
  private keeps(mode: number, place: string): boolean {
    const known = this.isKept.get(mode) ?? (lstatSync(place).mode & 0o777) === mode;
    this.isKept.set(mode, known);
    return known;
  }

  private makeDirectories(below: string): void {
    const parent = below.slice(0, below.lastIndexOf('/'));
    if (this.directories.has(parent)) {
      return;
    }
    this.makeDirectories(parent);
    mkdirSync(this.staging + parent, 0o755);
    this.directories.add(parent);
  }

  private guard(path: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      throw writeError(join(this.root, path), error);
    }
  }
}
