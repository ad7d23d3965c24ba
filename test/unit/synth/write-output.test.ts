import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contents, errorOf, removeTemporaryDirectories, temporaryDirectory } from './support';
import type { Manifest } from '../../../src';
import type { EarlyOutput } from '../../../src/synth/early-output';
import { MANIFEST_SCHEMA_ID, renderManifest } from '../../../src/synth/manifest-file';
import { checkOutput, isOwnName, writeOutput, type WriteWatch } from '../../../src/synth/write-output';

const FILES = { 'index.html': 'index', 'shop/a': 'a', 'shop/b': 'b' };
const JOURNAL = '.synth-journal.json';

let outdir: string;

beforeEach(() => {
  outdir = join(temporaryDirectory(), 'output');
});

afterEach(removeTemporaryDirectories);

type Texts = Readonly<Record<string, string>>;

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

function manifestOf(texts: Texts): Manifest {
  const entries = Object.entries(texts).map(([path, text]) => [path, { sha256: hashOf(text) }]);
  return {
    $schema: MANIFEST_SCHEMA_ID,
    version: 1,
    images: {},
    files: Object.fromEntries(entries) as Manifest['files'],
  };
}

/** Writes texts; gives what is told, and the files that were asked for. */
function write(texts: Texts, force = false, watch: WriteWatch = {}) {
  const asked: string[] = [];
  const source = function* (wanted: (path: string) => boolean = () => true) {
    for (const [path, content] of Object.entries(texts)) {
      asked.push(...(wanted(path) ? [path] : []));
      yield { path, content, executable: false };
    }
  };
  const report = writeOutput(outdir, manifestOf(texts), source, force, watch);
  return { ...report, asked };
}

function put(texts: Texts): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(outdir, path)), { recursive: true });
    writeFileSync(join(outdir, path), text);
  }
}

const outputOf = (texts: Texts) => ({ ...texts, 'manifest.json': renderManifest(manifestOf(texts)) });

test('a first write has all files, and the next one none', () => {
  const first = write(FILES);
  expect(contents(outdir)).toEqual(outputOf(FILES));
  expect(first).toMatchObject({ written: Object.keys(FILES), writtenCount: 3, drift: true, unchanged: 0, foreign: [] });
  expect(first).toMatchObject({ removed: [], manifest: manifestOf(FILES), outlines: {} });
  expect(write(FILES)).toMatchObject({ written: [], writtenCount: 0, drift: false, unchanged: 3, asked: [] });
});

test('only what is missing or old is asked for, and what is old is removed', () => {
  write({ ...FILES, 'blog/a': 'a' });
  const { asked, removed, written } = write({ ...FILES, 'shop/a': 'new' });
  expect([asked, written, removed]).toEqual([['shop/a'], ['shop/a'], ['blog/a']]);
  expect(contents(outdir)).toEqual(outputOf({ ...FILES, 'shop/a': 'new' }));
});

test('a file less is a drift, though nothing is written but the manifest', () => {
  write(FILES);
  put({ 'manifest.json': renderManifest(manifestOf({ ...FILES, gone: 'x' })) });
  expect(write(FILES)).toMatchObject({ written: [], removed: [], drift: true, asked: [] });
});

test('an edit stops it, unless by force, by which it is told and lost', () => {
  // GIVEN
  write({ ...FILES, 'blog/a': 'a' });
  put({ 'index.html': 'mine', 'shop/a': 'mine', 'blog/a': 'mine' });
  const before = contents(outdir);
  // THEN
  const error = errorOf(() => write(FILES));
  expect(error).toMatchObject({ type: 'FILE_WRITE_ERROR' });
  expect(error.details.map(({ where }) => where)).toEqual(
    ['index.html', 'shop/a', 'blog/a'].map((path) => `${outdir}/${path}`),
  );
  expect(error.details[0]!.what).toContain('or is not ours');
  expect(error.details[2]!.what).toContain('is not any more');
  expect(contents(outdir)).toEqual(before);
  // AND
  expect(checkOutput(outdir, manifestOf(FILES))).toMatchObject({
    written: ['index.html', 'shop/a', 'manifest.json'],
    writtenCount: 3,
    removed: ['blog/a'],
    unchanged: 1,
    drift: true,
  });
  expect(write(FILES, true)).toMatchObject({ written: ['index.html', 'shop/a'], removed: ['blog/a'], drift: true });
  expect(contents(outdir)).toEqual(outputOf(FILES));
});

test('a look finds nothing where all is right, and each difference', () => {
  write(FILES);
  const look = () => checkOutput(outdir, manifestOf(FILES));
  expect(look()).toMatchObject({ written: [], removed: [], drift: false, unchanged: 3, foreign: [], outlines: {} });
  put({ 'shop/a': 'mine', 'shop/z': 'mine', '.a': 'mine', '.synth-journal.json': 'x', '.synth-lock.1': '' });
  expect(look()).toMatchObject({ written: ['shop/a'], drift: true, foreign: ['.a', 'shop/z'] });
  put({ 'shop/a': 'a', 'manifest.json': '{}' });
  expect(look()).toMatchObject({ written: ['manifest.json'], removed: [], drift: true });
});

describe('after a synthesis that was killed', () => {
  it('what it left is taken away, and what it wrote is ours', () => {
    // GIVEN
    write(FILES);
    put({ [JOURNAL]: renderManifest(manifestOf({ ...FILES, 'shop/a': 'killed', 'blog/a': 'killed' })) });
    put({ 'shop/a': 'killed', 'blog/a': 'killed', 'blog/b.synth-tmp': '', '.blog.synth-tmp/a': '' });
    put({ 'shop/b.synth-tmp': '', 'blog/a.synth-tmp': '', 'manifest.json.synth-tmp': '' });
    // WHEN
    const { removed, foreign } = write({ ...FILES, 'shop/a': 'new' });
    // THEN
    expect([removed, foreign]).toEqual([['blog/a'], ['blog/b.synth-tmp']]);
    expect(contents(outdir)).toEqual({ ...outputOf({ ...FILES, 'shop/a': 'new' }), 'blog/b.synth-tmp': '' });
  });

  it('what was there is known of while the next one writes', () => {
    // GIVEN
    write(FILES);
    put({
      [JOURNAL]: renderManifest(manifestOf({ ...FILES, 'shop/a': 'killed', 'shop/b': 'later', 'blog/a': 'never' })),
      'shop/a': 'killed',
    });
    let during: Texts = {};
    // WHEN
    write({ ...FILES, 'shop/a': 'new' }, false, { see: () => (during = contents(outdir)) });
    // THEN
    const { files } = JSON.parse(during['.synth-unfinished.json']!) as Manifest;
    expect(files).toEqual(manifestOf({ ...FILES, 'shop/a': 'killed' }).files);
    expect(contents(outdir)).toEqual(outputOf({ ...FILES, 'shop/a': 'new' }));
  });

  it('a look finds what it wrote', () => {
    write(FILES);
    put({ [JOURNAL]: renderManifest(manifestOf({ 'blog/a': 'killed' })), 'blog/a': 'killed' });
    expect(checkOutput(outdir, manifestOf(FILES))).toMatchObject({ written: [], removed: ['blog/a'], drift: true });
  });

  it('it is a drift where nothing but its file goes, or nothing but a file is missing', () => {
    write(FILES);
    put({ [JOURNAL]: renderManifest(manifestOf({ 'blog/a': 'killed' })), 'blog/a': 'killed' });
    expect(write(FILES)).toMatchObject({ written: [], removed: ['blog/a'], drift: true });
    rmSync(join(outdir, 'shop/a'));
    expect(write(FILES)).toMatchObject({ written: ['shop/a'], removed: [], drift: true });
  });

  it('its journal alone tells what is ours', () => {
    write(FILES);
    renameSync(join(outdir, 'manifest.json'), join(outdir, JOURNAL));
    expect(write(FILES)).toMatchObject({ written: [], drift: true });
    expect(contents(outdir)).toEqual(outputOf(FILES));
  });
});

test.each(['manifest.json', JOURNAL, '.synth-unfinished.json'])('a %s that cannot be read stops it', (name) => {
  write(FILES);
  put({ [name]: '{}' });
  const error = errorOf(() => write(FILES));
  expect(error).toMatchObject({ type: 'FILE_WRITE_ERROR', details: [{ where: `${outdir}/${name}` }] });
  expect(write(FILES, true).drift).toBe(name === 'manifest.json');
  expect(contents(outdir)).toEqual(outputOf(FILES));
});

test('a directory of somebody else is not written to, nor looked at', () => {
  put({ 'package.json': '' });
  for (const run of [() => write(FILES), () => checkOutput(outdir, manifestOf(FILES))]) {
    expect(errorOf(run).details).toMatchObject([{ where: outdir }]);
  }
  expect(contents(outdir)).toEqual({ 'package.json': '' });
});

test('a manifest can be made of the one that is there', () => {
  const seen: Array<string | undefined> = [];
  const next = (text: string | undefined) => (seen.push(text), manifestOf({}));
  writeOutput(outdir, next, () => [], false);
  writeOutput(outdir, next, () => [], false);
  expect(seen).toEqual([undefined, renderManifest(manifestOf({}))]);
});

test('whoever asks is shown the manifest', () => {
  const seen: string[] = [];
  write(FILES, false, { see: (bytes) => seen.push(bytes.toString()) });
  expect(seen.join('')).toBe(renderManifest(manifestOf(FILES)));
});

test('what was written early finds its place, where nothing is', () => {
  // GIVEN
  const early = temporaryDirectory();
  put({ 'blog/old': 'x', 'manifest.json': renderManifest(manifestOf({ 'blog/old': 'x' })) });
  ['blog', 'shop'].forEach((name) => mkdirSync(join(early, name)));
  writeFileSync(join(early, 'shop/a'), 'early');
  const finish = () => ['blog', 'shop'].map((name) => [name, join(early, name)] as const);
  // WHEN
  const { asked } = write({ ...FILES, 'blog/old': 'y' }, false, { early: { finish } as unknown as EarlyOutput });
  // THEN
  expect(asked).toEqual(['index.html', 'blog/old']);
  expect(contents(outdir)).toMatchObject({ 'shop/a': 'early', 'blog/old': 'y' });
  expect(existsSync(join(outdir, 'shop/b'))).toBe(false);
});

test('an early directory of a process that is gone is taken away', () => {
  const { hostname } = process.getBuiltinModule('node:os');
  put({ [`.synth-early.${hostname()}.99999999/shop/a`]: '' });
  symlinkSync('nowhere', join(outdir, '.link'));
  expect(write(FILES).foreign).toEqual(['.link']);
});

it.each([
  [JOURNAL, true],
  ['.synth-unfinished.json', true],
  ['.synth-lock', true],
  ['.synth-lock.here.1', true],
  ['.synth-clock.1.synth-tmp', true],
  ['.synth-early.here.1/shop/a', true],
  ['shop/.synth-lock', false],
  ['x.synth-journal.json', false],
  ['manifest.json', false],
  ['.synth', false],
])('%s comes and goes: %j', (name, isOwn) => {
  expect(isOwnName(name)).toBe(isOwn);
});
