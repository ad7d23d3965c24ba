import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appOf, type Tree } from './kill/tree';
import { contents, errorOf, listing, removeTemporaryDirectories, temporaryDirectory } from './support';
import { assemble, DockerfileGeneratorError } from '../../../src';
import { writeOutput } from '../../../src/synth/write-output';

afterEach(removeTemporaryDirectories);

const TREE: Tree = { shop: { php: '8.4', platform: 'debian', architectures: ['amd64'] } };
const OTHER: Tree = { shop: { php: '8.4', platform: 'alpine', architectures: ['amd64'] } };

const assemblies = { first: assemble(appOf(TREE, 'output')), other: assemble(appOf(OTHER, 'output')) };

function write(outdir: string, which: keyof typeof assemblies, force = false): void {
  const { manifest, files } = assemblies[which];
  writeOutput(outdir, manifest, files, force);
}

const FILES = [...assemblies.first.files()].map(({ path }) => path);

/** Every directory above one of some paths. */
function directoriesOf(paths: readonly string[]): string[] {
  const above = (path: string): string[] => (dirname(path) === '.' ? [] : [dirname(path), ...above(dirname(path))]);
  return [...new Set(paths.flatMap(above))].sort();
}

const DIRECTORIES = directoriesOf(FILES);

/** What is planted at a path; `outside` is a directory that nothing may touch. */
const PLANTED = {
  'a link to a file': (place: string, outside: string) => symlinkSync(join(outside, 'file'), place),
  'a link to a directory': (place: string, outside: string) => symlinkSync(outside, place),
  'a link to nothing': (place: string, outside: string) => symlinkSync(join(outside, 'new'), place),
  'a link to itself': (place: string) => symlinkSync(place, place),
  'a pipe': (place: string) => execFileSync('mkfifo', [place]),
  'a file of a person': (place: string) => writeFileSync(place, 'mine'),
  'a directory of a person': (place: string) => {
    mkdirSync(place);
    writeFileSync(join(place, 'mine.txt'), 'mine');
  },
} as const;

type Planted = keyof typeof PLANTED;

/** An output, a place outside that nothing may touch, and something planted in the output. */
function plant(what: Planted, path: string, prepare: (outdir: string) => void) {
  const base = temporaryDirectory();
  const [outdir, outside] = [join(base, 'output'), join(base, 'outside')];
  mkdirSync(outside);
  writeFileSync(join(outside, 'file'), 'precious');
  prepare(outdir);
  const place = join(outdir, path);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(place), { recursive: true });
  PLANTED[what](place, outside);
  return { base, outdir, place };
}

/** All that is not the output's own: nothing of it may change. */
function around(base: string, place: string) {
  const entries = Object.entries(listing(base)).filter(
    ([path]) => !path.startsWith('output') || join(base, path) === place || join(base, path).startsWith(`${place}/`),
  );
  // A directory's own times change with what is put into it; what is in it is listed.
  return entries.map(([path, { kind, content, mode }]) => [path, kind, content, mode]);
}

/** How a synthesis that is told to overwrite ends; it must leave alone what was planted. */
function judge(what: Planted, path: string, prepare: (outdir: string) => void): string[] {
  const { base, outdir, place } = plant(what, path, prepare);
  const before = around(base, place);
  const error = errorOf(() => write(outdir, 'other', true));
  expect(around(base, place)).toEqual(before);
  rmSync(base, { recursive: true });
  return error.type === 'FILE_WRITE_ERROR' && error.details[0]?.where === place
    ? []
    : [`${path}: ${error.type} at ${error.details[0]?.where}`];
}

const NOTHING_YET = (outdir: string) => mkdirSync(outdir);
const WRITTEN = (outdir: string) => write(outdir, 'first');

/** Paths that the second tree has too, or that only the first one had. */
const ALL = [...FILES, 'manifest.json', '.synth-journal.json'];
const KEPT = new Set(
  [...assemblies.other.files()].map(({ path }) => path).concat('manifest.json', '.synth-journal.json'),
);

test.each<Planted>([
  'a link to a file',
  'a link to a directory',
  'a link to nothing',
  'a link to itself',
  'a pipe',
  'a directory of a person',
])('%s in the place of any generated file is refused, named, and left as it is', (what) => {
  expect(ALL.length).toBeGreaterThan(30);
  expect(ALL.flatMap((path) => judge(what, path, WRITTEN))).toEqual([]);
});

test.each<Planted>(['a link to a file', 'a link to a directory', 'a link to nothing'])(
  '%s where any file is to be generated is refused, named, and left as it is',
  (what) => {
    expect(ALL.filter((path) => KEPT.has(path)).flatMap((path) => judge(what, path, NOTHING_YET))).toEqual([]);
  },
);

test.each<Planted>(['a link to a file', 'a link to a directory', 'a link to nothing', 'a pipe', 'a file of a person'])(
  '%s at the path of any directory is refused, named, and left as it is',
  (what) => {
    expect(DIRECTORIES.length).toBeGreaterThan(8);
    expect(DIRECTORIES.flatMap((path) => judge(what, path, WRITTEN))).toEqual([]);
    const kept = directoriesOf([...KEPT]);
    expect(kept.flatMap((path) => judge(what, path, NOTHING_YET))).toEqual([]);
  },
);

test.each<Planted>(['a link to a file', 'a link to nothing', 'a directory of a person'])(
  '%s where any file is written before it is renamed in touches nothing outside',
  (what) => {
    for (const path of [...KEPT]) {
      const { base, outdir, place } = plant(what, `${path}.synth-tmp`, NOTHING_YET);
      const outside = contents(join(base, 'outside'));
      // WHEN: what is ours by its name may be removed, never followed
      const ended = attempt(() => write(outdir, 'other'));
      // THEN
      expect([path, ended]).toEqual([path, expect.stringMatching(/^(?:done|FILE_WRITE_ERROR)$/)]);
      expect(contents(join(base, 'outside'))).toEqual(outside);
      if (what === 'a directory of a person') {
        expect(contents(place)).toEqual({ 'mine.txt': 'mine' });
      }
      rmSync(base, { recursive: true });
    }
  },
);

function attempt(run: () => void): string {
  try {
    run();
    return 'done';
  } catch (error) {
    return error instanceof DockerfileGeneratorError ? error.type : String(error);
  }
}
