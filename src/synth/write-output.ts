import { DockerfileGeneratorError } from '../errors';
import type { Manifest, WrittenFiles } from './manifest';
import { MANIFEST_FILE, parseWrittenFiles, renderManifest, renderWrittenFiles } from './manifest-file';
import { assertOwnOutput } from './output-claim';
import { OutputDirectory } from './output-directory';
import { LOCK_FILE, withOutputLock } from './output-lock';
import { planOutput, sha256, type OutputPlan } from './output-plan';
import type { OutputFile } from './render-image';

/** The manifest to come, while a synthesis writes. */
const JOURNAL_FILE = '.synth-journal.json';

/** What syntheses began to write and did not finish, while a later one, which has a journal of its own, writes. */
const UNFINISHED_FILE = '.synth-unfinished.json';

/** Files of our own, which no manifest lists. */
const WORK_FILES: readonly string[] = [JOURNAL_FILE, UNFINISHED_FILE];

/** Milliseconds that a second synthesis waits for the first. */
const PATIENCE = 20_000;

/** What a synthesis did to the disk, or would do. */
export interface OutputReport {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Files below the directories of images that nobody ever generated; they are left alone. */
  readonly foreign: readonly string[];
  /** Whether the disk differed. */
  readonly drift: boolean;
  /** What was, or would be, written. */
  readonly manifest: Manifest;
}

/** Files of a manifest, an image at a time, so that not all have to be in memory. */
export type FileSource = () => Iterable<OutputFile>;

/** Compares the output with what a synthesis would write; writes nothing. */
export function checkOutput(path: string, manifest: Manifest): OutputReport {
  const directory = new OutputDirectory(path);
  const known = readManifests(directory, true);
  assertOwnOutput(directory, manifest, known);
  const plan = planOutput(directory, manifest, known);
  const current = directory.read(MANIFEST_FILE)?.content.toString();
  const manifestDiffers = current !== renderManifest(manifest);
  const written = [...plan.write, ...plan.edited.filter((file) => Object.hasOwn(manifest.files, file))];
  const removed = [...plan.remove, ...plan.edited.filter((file) => !Object.hasOwn(manifest.files, file))];
  return {
    written: manifestDiffers ? [...written, MANIFEST_FILE] : written,
    removed,
    unchanged: plan.unchanged,
    foreign: foreignFiles(directory, manifest),
    drift: manifestDiffers || written.length > 0 || removed.length > 0,
    manifest,
  };
}

/** What the manifest becomes, given the text of the one that is on the disk: where only a part is written. */
export type MergeManifest = (earlier: string | undefined) => Manifest;

/**
 * Brings the disk to what the manifest says. After a crash at any moment every file is whole, each is the old or the
 * new one, and the next run finishes the work: a file that agrees with the manifest or the journal is ours.
 */
export function writeOutput(
  path: string,
  next: Manifest | MergeManifest,
  source: FileSource,
  force: boolean,
): OutputReport {
  const directory = new OutputDirectory(path);
  directory.create();
  return withOutputLock(path, PATIENCE, () => {
    const known = readManifests(directory, force);
    const manifest = typeof next === 'function' ? next(directory.read(MANIFEST_FILE)?.content.toString()) : next;
    assertOwnOutput(directory, manifest, known);
    const plan = planOutput(directory, manifest, known);
    if (plan.edited.length > 0 && !force) {
      throw handEdited(path, plan.edited, manifest);
    }
    return carryOut(directory, manifest, source, { plan, known });
  });
}

/** What there is to do, and what earlier runs left. */
interface Work {
  readonly plan: OutputPlan;
  readonly known: readonly WrittenFiles[];
}

function carryOut(
  directory: OutputDirectory,
  manifest: Manifest,
  source: FileSource,
  { plan, known }: Work,
): OutputReport {
  const text = renderManifest(manifest);
  const overwrite = plan.edited.filter((file) => Object.hasOwn(manifest.files, file));
  const write = new Set([...plan.write, ...overwrite]);
  const remove = [...plan.remove, ...plan.edited.filter((file) => !Object.hasOwn(manifest.files, file))];
  const manifestDiffers = directory.read(MANIFEST_FILE)?.content.toString() !== text;
  const interrupted = directory.read(JOURNAL_FILE) !== undefined;
  const drift = manifestDiffers || write.size > 0 || remove.length > 0;
  if (interrupted) {
    // Before this run's journal takes the place of the one that tells where to look.
    known.flatMap(({ files }) => Object.keys(files)).forEach((file) => directory.sweep(file));
    directory.write(UNFINISHED_FILE, renderWrittenFiles(found(directory, known)), { durable: true });
  }
  if (drift) {
    directory.write(JOURNAL_FILE, text, { durable: true });
    writeFiles(directory, source, write);
    remove.forEach((file) => directory.remove(file));
    directory.write(MANIFEST_FILE, text, { durable: true });
  }
  directory.sweep(MANIFEST_FILE);
  WORK_FILES.forEach((file) => directory.remove(file));
  return {
    written: [...write].sort(),
    removed: remove,
    unchanged: plan.unchanged,
    foreign: foreignFiles(directory, manifest),
    drift,
    manifest,
  };
}

/**
 * What is there of what earlier runs wrote. The journal of a killed synthesis gives way to that of the next one; were
 * that killed too, nothing else would tell that these files are ours.
 */
function found(directory: OutputDirectory, known: readonly WrittenFiles[]): WrittenFiles {
  const listed = known.flatMap(({ files }) => Object.entries(files));
  const there = listed.filter(([path, entry]) => {
    const file = directory.read(path);
    return file && sha256(file.content) === entry.sha256;
  });
  return { files: Object.fromEntries(there) };
}

function writeFiles(directory: OutputDirectory, source: FileSource, paths: ReadonlySet<string>): void {
  if (paths.size === 0) {
    return;
  }
  for (const file of source()) {
    if (paths.has(file.path)) {
      directory.write(file.path, file.content, { executable: file.executable });
    }
  }
}

/** The manifest and the journals of earlier runs, those that are there. */
function readManifests(directory: OutputDirectory, lenient: boolean): WrittenFiles[] {
  return [MANIFEST_FILE, ...WORK_FILES].flatMap((name) => {
    const file = directory.read(name);
    if (!file) {
      return [];
    }
    const manifest = parseWrittenFiles(file.content.toString());
    if (manifest) {
      return [manifest];
    }
    if (lenient) {
      return [];
    }
    throw new DockerfileGeneratorError('FILE_WRITE_ERROR', [
      {
        where: `${directory.path}/${name}`,
        what: 'this is not a manifest that this version can read',
        why: 'without it nobody can say which files are generated and which are yours',
        next: 'restore it from version control, or run synth --force to overwrite generated paths',
      },
    ]);
  });
}

/** Files in the directories of images that the manifest does not list. */
function foreignFiles(directory: OutputDirectory, manifest: Manifest): string[] {
  return directory
    .list()
    .filter((path) => !Object.hasOwn(manifest.files, path))
    .filter((path) => path !== MANIFEST_FILE && !WORK_FILES.includes(path) && !path.startsWith(LOCK_FILE));
}

function handEdited(path: string, files: readonly string[], manifest: Manifest): DockerfileGeneratorError {
  return new DockerfileGeneratorError(
    'FILE_WRITE_ERROR',
    files.map((file) => ({
      where: `${path}/${file}`,
      what: Object.hasOwn(manifest.files, file)
        ? 'this generated file was edited by hand, or is not ours'
        : 'this file was generated once, is not any more, and was edited by hand',
      why: 'a synthesis would overwrite the change',
      next: 'put the change into images.ts and restore the file, or run synth --force to lose it',
    })),
  );
}
