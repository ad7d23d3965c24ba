import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, errorOf, listing, removeTemporaryDirectories, temporaryDirectory } from './support';
import { OutputDirectory } from '../../../src/synth/output-directory';
import type { OutputFile } from '../../../src/synth/render-image';
import { writeFiles } from '../../../src/synth/write-files';

let path: string;

beforeEach(() => {
  path = temporaryDirectory();
});

afterEach(removeTemporaryDirectories);

function file(name: string, more: Partial<OutputFile> = {}): OutputFile {
  return { path: name, content: `text of ${name}`, executable: false, ...more };
}

/** Writes files; gives what they are, in the end and before each of them. */
function write(files: readonly OutputFile[]): string[][] {
  const seen: string[][] = [];
  const look = () => seen.push(Object.keys(contents(path)).sort());
  function* watched(): Generator<OutputFile> {
    for (const one of files) {
      look();
      yield one;
    }
  }
  writeFiles(new OutputDirectory(path), watched());
  look();
  return seen;
}

test('directories that are new come as a whole, one after the other', () => {
  const seen = write([file('blog/a'), file('blog/b'), file('shop/a'), file('index.html')]);
  expect(seen).toEqual([
    [],
    ['.blog.synth-tmp/a'],
    ['.blog.synth-tmp/a', '.blog.synth-tmp/b'],
    ['.shop.synth-tmp/a', 'blog/a', 'blog/b'],
    ['blog/a', 'blog/b', 'index.html', 'shop/a'],
  ]);
});

test('a directory that is there gets its files one by one', () => {
  // GIVEN
  mkdirSync(join(path, 'blog'));
  writeFileSync(join(path, 'blog/mine'), 'mine');
  // THEN
  expect(write([file('index.html'), file('blog/a'), file('shop/a')])).toEqual([
    ['blog/mine'],
    ['blog/mine', 'index.html'],
    ['blog/a', 'blog/mine', 'index.html'],
    ['blog/a', 'blog/mine', 'index.html', 'shop/a'],
  ]);
});

test('files have their texts and modes, staged or not', () => {
  // GIVEN
  mkdirSync(join(path, 'blog'));
  const names = ['blog/run', 'index', 'shop/run'];
  // WHEN
  write([...names.map((name) => file(name, { executable: true })), file('z', { content: '', texts: ['a', 'b'] })]);
  // THEN
  expect(contents(path)).toEqual({ ...Object.fromEntries(names.map((name) => [name, `text of ${name}`])), z: 'ab' });
  expect(names.map((name) => lstatSync(join(path, name)).mode & 0o777)).toEqual([0o755, 0o755, 0o755]);
  expect(listing(path).z).toMatchObject({ mode: '644' });
});

test('of a directory that does not get its place nothing is left', () => {
  // GIVEN
  function* failing(): Generator<OutputFile> {
    yield file('blog/a');
    yield file('shop/a');
    throw new Error('enough');
  }
  // THEN
  expect(() => writeFiles(new OutputDirectory(path), failing())).toThrow('enough');
  expect(Object.keys(contents(path))).toEqual(['blog/a']);
  expect(Object.keys(listing(path))).toEqual(['blog', 'blog/a']);
});

test('a failure before any directory is told as it is', () => {
  writeFileSync(join(path, 'file'), '');
  expect(errorOf(() => write([file('file/a/b'), file('shop/a')])).details).toMatchObject([
    { where: join(path, 'file') },
  ]);
  expect(Object.keys(contents(path))).toEqual(['file']);
});
