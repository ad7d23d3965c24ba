import type { ManifestFile } from './manifest';
import type { DiskFile, OutputDirectory } from './output-directory';
import { PathSet, type OutputFiles } from './output-files';

/** What has to happen to the disk for it to agree with a manifest. */
export interface OutputPlan {
  /** Files to write: they are missing, or old and ours. */
  readonly write: PathSet;
  /** Files that an earlier synthesis wrote and nobody generates now. */
  readonly remove: readonly string[];
  /** Files that somebody changed, or put where a generated file belongs. */
  readonly edited: readonly string[];
  /** Number of files that are right as they are. */
  readonly unchanged: number;
}

/**
 * Compares the disk with the manifest to be.
 *
 * @param known manifests of earlier runs, a journal among them: a file that agrees with one of them is ours
 */
export function planOutput(directory: OutputDirectory, next: OutputFiles, known: readonly OutputFiles[]): OutputPlan {
  const write = new PathSet(next);
  const remove: string[] = [];
  const edited: string[] = [];
  let unchanged = 0;
  let index = -1;
  for (const path of next.paths()) {
    index++;
    const file = directory.read(path);
    const wanted = file && next.get(path)!;
    if (!wanted) {
      write.add(index);
    } else if (agrees(file, wanted)) {
      unchanged++;
    } else if (isOurs(path, file, wanted, known)) {
      write.add(index);
    } else {
      edited.push(path);
    }
  }
  for (const path of staleFiles(next, known)) {
    const file = directory.read(path);
    if (!file) {
      continue;
    }
    (isOurs(path, file, undefined, known) ? remove : edited).push(path);
  }
  return { write, remove, edited, unchanged };
}

/** Whether a file has the bytes and the executable bit that a manifest says. */
export function agrees(file: DiskFile, entry: ManifestFile): boolean {
  return file.executable === (entry.executable ?? false) && sha256(file.content) === entry.sha256;
}

/** Hexadecimal sha256. */
export function sha256(content: string | Buffer): string {
  // Loaded when there is something to compare: a first write into an empty directory needs no hash.
  return process.getBuiltinModule('node:crypto').hash('sha256', content);
}

/** Hexadecimal sha256 of a text, or of bytes, in pieces. */
export function sha256OfTexts(texts: Iterable<string | Buffer>): string {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const text of texts) {
    hash.update(text);
  }
  return hash.digest('hex');
}

function staleFiles(next: OutputFiles, known: readonly OutputFiles[]): string[] {
  const stale = new Set<string>();
  for (const files of known.filter((other) => other !== next)) {
    for (const path of files.paths()) {
      if (next.indexOf(path) < 0) {
        stale.add(path);
      }
    }
  }
  return [...stale].sort();
}

/** The bytes decide: a checkout may have lost the executable bit. */
function isOurs(
  path: string,
  file: DiskFile,
  wanted: ManifestFile | undefined,
  known: readonly OutputFiles[],
): boolean {
  const hash = sha256(file.content);
  return [wanted, ...known.map((files) => files.get(path))].some((entry) => entry?.sha256 === hash);
}
