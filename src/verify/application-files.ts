import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { byPath } from '../catalog/order';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import type { Problem } from '../errors/problem';

/** What a build takes of an application. */
export interface ApplicationPlace {
  readonly directory: string;
  /** Files and directories below it. */
  readonly paths: readonly string[];
}

/** A file of an application, as the image gets it. */
type Entry =
  | { readonly path: string; readonly kind: 'directory' }
  | { readonly path: string; readonly kind: 'file'; readonly executable: boolean }
  | { readonly path: string; readonly kind: 'link'; readonly target: string };

/**
 * The files that an image gets of an application: what the script of its build takes, and nothing else. A builder gets
 * a copy of them, so that nothing else of the directory reaches it, and so that what was hashed is what is built.
 *
 * @throws DockerfileGeneratorError VALIDATION_ERROR with every path that is not there
 */
export class ApplicationFiles {
  private readonly entries: readonly Entry[];

  constructor(private readonly place: ApplicationPlace) {
    const problems: Problem[] = [];
    this.entries = place.paths.flatMap((path) => walk(place.directory, path, problems)).sort(byPath);
    if (problems.length > 0) {
      throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
    }
  }

  /** Identity by content: names, kinds, executable bits and bytes. */
  get sha256(): string {
    const hash = createHash('sha256');
    for (const entry of this.entries) {
      hash.update(`${JSON.stringify(entry)}\n`);
      if (entry.kind === 'file') {
        const content = readFileSync(join(this.place.directory, entry.path));
        hash.update(createHash('sha256').update(content).digest());
      }
    }
    return hash.digest('hex');
  }

  /** Copies them into a new directory, gives it to `use`, and removes it. */
  async withCopy<T>(use: (directory: string) => Promise<T>): Promise<T> {
    const copy = mkdtempSync(join(tmpdir(), 'application-'));
    try {
      this.entries.forEach((entry) => this.copy(entry, copy));
      return await use(copy);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  private copy(entry: Entry, to: string): void {
    const target = join(to, entry.path);
    if (entry.kind === 'directory') {
      mkdirSync(target, { recursive: true });
      return;
    }
    mkdirSync(dirname(target), { recursive: true });
    if (entry.kind === 'link') {
      symlinkSync(entry.target, target);
      return;
    }
    const source = join(this.place.directory, entry.path);
    if (!existsSync(source)) {
      // The copy is looked at before it is used.
      return;
    }
    copyFileSync(source, target);
    chmodSync(target, entry.executable ? 0o755 : 0o644);
  }
}

function walk(directory: string, path: string, problems: Problem[]): Entry[] {
  const place = join(directory, path);
  const status = lstatSync(place, { throwIfNoEntry: false });
  if (status?.isSymbolicLink()) {
    return [{ path, kind: 'link', target: readlinkSync(place) }];
  }
  if (status?.isFile()) {
    return [{ path, kind: 'file', executable: (status.mode & 0o100) !== 0 }];
  }
  if (status?.isDirectory()) {
    const inside = readdirSync(place).filter((name) => !name.startsWith('.') || name === '.well-known');
    return [{ path, kind: 'directory' }, ...inside.flatMap((name) => walk(directory, `${path}/${name}`, problems))];
  }
  problems.push({
    where: place,
    what: status
      ? 'it is neither a file nor a directory'
      : 'it is not there, and the image takes it of its application',
    next: 'make it, or mend paths or directory of the Application in images.ts',
  });
  return [];
}
