import { DockerfileGeneratorError } from '../errors';
import { EARLY, sweepEarly } from './early-name';
import type { EarlyOutput } from './early-output';
import type { Manifest, WrittenFiles } from './manifest';
import { MANIFEST_FILE, manifestTexts, parseWrittenFiles, readWrittenFiles, renderWrittenFiles } from './manifest-file';
import { assertOwnOutput } from './output-claim';
import { OutputDirectory } from './output-directory';
import { filesOf, type OutputFiles, type PathSet } from './output-files';
import { LOCK_FILE, withOutputLock } from './output-lock';
import { planOutput, sha256, type OutputPlan } from './output-plan';
import type { OutputFile } from './render-image';
import type { ImageOutline } from './warnings';
import { writeFiles } from './write-files';

/** The manifest to come, while a synthesis writes. */
const JOURNAL_FILE = '.synth-journal.json';

/** What syntheses began to write and did not finish, while a later one, which has a journal of its own, writes. */
const UNFINISHED_FILE = '.synth-unfinished.json';

/** Files of our own, which no manifest lists. */
export const WORK_FILES: readonly string[] = [JOURNAL_FILE, UNFINISHED_FILE];

/** Milliseconds that a second synthesis waits for the first. */
const PATIENCE = 20_000;

/** What a synthesis did to the disk, or would do. */
export interface OutputReport {
  readonly written: readonly string[];
  /** How many they are; the list of a great output is made when somebody asks for it. */
  readonly writtenCount: number;
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Files below the directories of images that nobody ever generated; they are left alone. */
  readonly foreign: readonly string[];
  /** Whether the disk differed. */
  readonly drift: boolean;
  /** What was, or would be, written; of a great output it is long, and made when somebody asks for it. */
  readonly manifest: Manifest;
  /** What warnings can be about, by the name of the image. */
  readonly outlines: Readonly<Record<string, ImageOutline>>;
}

/** Files of a manifest, those that are wanted or more, one after the other, so that not all have to be in memory. */
export type FileSource = (wanted?: (path: string) => boolean) => Iterable<OutputFile>;

/** Compares the output with what a synthesis would write; writes nothing. */
export function checkOutput(path: string, manifest: Manifest): OutputReport {
  const directory = new OutputDirectory(path);
  const files = filesOf(manifest);
  const manifestDiffers = !directory.equals(MANIFEST_FILE, manifestTexts(manifest));
  const known = readManifests(directory, true, manifestDiffers ? undefined : files);
  assertOwnOutput(directory, files, known);
  const plan = planOutput(directory, files, known);
  const edited = plan.edited.filter((file) => files.indexOf(file) >= 0);
  const removed = [...plan.remove, ...plan.edited.filter((file) => files.indexOf(file) < 0)];
  const written = [...plan.write.paths(), ...edited, ...(manifestDiffers ? [MANIFEST_FILE] : [])];
  return {
    written,
    writtenCount: written.length,
    removed,
    unchanged: plan.unchanged,
    foreign: foreignFiles(directory, files),
    drift: manifestDiffers || written.length > 0 || removed.length > 0,
    manifest,
    outlines: manifest.images,
  };
}

/** What goes on beside a write. */
export interface WriteWatch {
  /** What was written beside the output already, while it was rendered. */
  readonly early?: EarlyOutput | undefined;
  /** Is shown the bytes of the manifest, where it is written. */
  readonly see?: ((bytes: Buffer) => void) | undefined;
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
  { early, see }: WriteWatch = {},
): OutputReport {
  const directory = new OutputDirectory(path);
  directory.create();
  return withOutputLock(path, PATIENCE, () => {
    sweepEarly(path);
    const manifest = typeof next === 'function' ? next(directory.read(MANIFEST_FILE)?.content.toString()) : next;
    const files = filesOf(manifest);
    const isWritten = directory.equals(MANIFEST_FILE, manifestTexts(manifest));
    const known = readManifests(directory, force, isWritten ? files : undefined);
    assertOwnOutput(directory, files, known);
    const plan = planOutput(directory, files, known);
    if (plan.edited.length > 0 && !force) {
      throw handEdited(path, plan.edited, manifest);
    }
    return carryOut(directory, manifest, source, { plan, known, files, isWritten, early, see });
  });
}

/** What there is to do, and what earlier runs left. */
interface Work extends WriteWatch {
  readonly plan: OutputPlan;
  readonly known: readonly OutputFiles[];
  /** Files of the manifest to come. */
  readonly files: OutputFiles;
  /** Whether the manifest on the disk is that one already. */
  readonly isWritten: boolean;
}

function carryOut(
  directory: OutputDirectory,
  manifest: Manifest,
  source: FileSource,
  { plan, known, files, isWritten, early, see }: Work,
): OutputReport {
  const { write } = plan;
  plan.edited.map((file) => files.indexOf(file)).forEach((index) => index >= 0 && write.add(index));
  const remove = [...plan.remove, ...plan.edited.filter((file) => files.indexOf(file) < 0)];
  const interrupted = directory.lines(JOURNAL_FILE) !== undefined;
  const drift = !isWritten || write.size > 0 || remove.length > 0;
  if (interrupted) {
    // Before this run's journal takes the place of the one that tells where to look.
    sweep(directory, [files, ...known]);
    directory.write(UNFINISHED_FILE, renderWrittenFiles(found(directory, known)), { durable: true });
  }
  if (drift) {
    directory.write(JOURNAL_FILE, manifestTexts(manifest), { durable: true, see });
    writeFiles(directory, wantedFiles(source, write, adopt(directory, early)));
    remove.forEach((file) => directory.remove(file));
    // The journal becomes the manifest: what has come is no longer to come.
    directory.rename(JOURNAL_FILE, MANIFEST_FILE);
  }
  directory.sweep(MANIFEST_FILE);
  WORK_FILES.forEach((file) => directory.remove(file));
  return {
    get written() {
      return write.paths();
    },
    writtenCount: write.size,
    removed: remove,
    unchanged: plan.unchanged,
    foreign: foreignFiles(directory, files),
    drift,
    manifest,
    outlines: manifest.images,
  };
}

/** Removes what an interrupted run left beside the places of files. */
function sweep(directory: OutputDirectory, manifests: readonly OutputFiles[]): void {
  for (const files of manifests) {
    for (const file of files.paths()) {
      directory.sweep(file);
    }
  }
}

/**
 * What is there of what earlier runs wrote. The journal of a killed synthesis gives way to that of the next one; were
 * that killed too, nothing else would tell that these files are ours.
 */
function found(directory: OutputDirectory, known: readonly OutputFiles[]): WrittenFiles {
  const listed = known.flatMap((files) => [...files.entries()]);
  const there = listed.filter(([path, entry]) => {
    const file = directory.read(path);
    return file && sha256(file.content) === entry.sha256;
  });
  return { files: Object.fromEntries(there) };
}

/** Puts directories of images that were written already into their places; gives the names of those that had a place. */
function adopt(directory: OutputDirectory, early: EarlyOutput | undefined): ReadonlySet<string> {
  const adopted = new Set<string>();
  for (const [name, from] of early?.finish() ?? []) {
    if (directory.adopt(name, from)) {
      adopted.add(name);
    }
  }
  return adopted;
}

function* wantedFiles(source: FileSource, paths: PathSet, adopted: ReadonlySet<string>): Generator<OutputFile> {
  if (paths.size === 0) {
    return;
  }
  const isWanted = (path: string): boolean => !adopted.has(path.split('/', 1)[0]!) && paths.has(path);
  for (const file of source(isWanted)) {
    if (isWanted(file.path)) {
      yield file;
    }
  }
}

/**
 * The manifest and the journals of earlier runs, those that are there.
 *
 * @param current files of the manifest on the disk, where they are known
 */
function readManifests(directory: OutputDirectory, lenient: boolean, current?: OutputFiles): OutputFiles[] {
  return [MANIFEST_FILE, ...WORK_FILES].flatMap((name) => {
    if (name === MANIFEST_FILE && current) {
      return [current];
    }
    const lines = directory.lines(name);
    if (!lines) {
      return [];
    }
    const files = readWrittenFiles(lines) ?? parseWrittenFiles(directory.read(name)!.content.toString());
    if (files) {
      return [files];
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

/** Beginnings of names that come and go while a synthesis runs. */
const OWN: readonly string[] = [LOCK_FILE, '.synth-clock.', EARLY];

/** Names that come and go while a synthesis runs. */
export function isOwnName(path: string): boolean {
  return WORK_FILES.includes(path) || OWN.some((name) => path.startsWith(name));
}

/** Files in the directories of images that the manifest does not list. */
export function foreignFiles(directory: OutputDirectory, files: OutputFiles): string[] {
  const foreign: string[] = [];
  for (const path of directory.list()) {
    if (!isOwnName(path) && path !== MANIFEST_FILE && files.indexOf(path) < 0) {
      foreign.push(path);
    }
  }
  return foreign.sort();
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
