import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { contents, errorOf, listing, removeTemporaryDirectories, temporaryDirectory } from './support';
import { OutputDirectory } from '../../../src/synth/output-directory';

const MEGABYTE = 1024 * 1024;

let path: string;
let directory: OutputDirectory;

beforeEach(() => {
  path = join(temporaryDirectory(), 'output');
  mkdirSync(path);
  directory = new OutputDirectory(path);
});

afterEach(removeTemporaryDirectories);

/** Puts files there, each with those above it. */
function put(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
}

/** Makes what stands in the way of files: a file, a directory, and links to either. */
function obstruct(): void {
  put({ file: 'mine', 'folder/x': 'mine' });
  symlinkSync('file', join(path, 'link'));
  symlinkSync('folder', join(path, 'way'));
}

function problemOf(run: () => unknown): { where?: string; what: string } {
  const { type, details } = errorOf(run);
  expect([type, details.length]).toEqual(['FILE_WRITE_ERROR', 1]);
  return details[0]!;
}

function openFiles(): number {
  return readdirSync('/dev/fd').length;
}

describe('what is read', () => {
  it.each([
    [0o644, false],
    [0o755, true],
    [0o655, false],
    [0o744, true],
  ])('has a mode, here %o, of which the owner’s part counts', (mode, executable) => {
    put({ 'shop/run': 'text' });
    chmodSync(join(path, 'shop/run'), mode);
    expect(directory.read('shop/run')).toEqual({ content: Buffer.from('text'), executable });
  });

  it('is undefined where nothing is, also later', () => {
    put({ 'shop/x': '' });
    for (const name of ['x', 'shop/y', 'blog/x', 'blog/amd64/x', 'blog/x']) {
      expect(directory.read(name)).toBeUndefined();
      expect(directory.lines(name)).toBeUndefined();
      expect([...directory.chunks(name)]).toEqual([]);
      expect(directory.equals(name, [])).toBe(false);
    }
  });

  it.each([
    ['link', 'link', 'a symbolic link stands where a generated file belongs'],
    ['folder', 'folder', 'a directory stands where a generated file belongs'],
    ['way/x', 'way', 'a symbolic link stands where a directory of the output belongs'],
    ['file/x/y', 'file', 'a file stands where a directory of the output belongs'],
    ['../x', '..', 'this path leaves the output directory'],
    ['folder/../../x', 'folder/..', 'this path leaves the output directory'],
  ])('is never behind %s', (name, where, what) => {
    obstruct();
    const problem = { where: join(path, where), what };
    expect(problemOf(() => directory.read(name))).toMatchObject(problem);
    expect(problemOf(() => directory.lines(name))).toMatchObject(problem);
    expect(problemOf(() => [...directory.chunks(name)])).toMatchObject(problem);
  });

  it('may have two dots in its name', () => {
    put({ 'a..b/..c': 'text' });
    expect(directory.read('a..b/..c')?.content.toString()).toBe('text');
  });
});

describe('lines', () => {
  const linesOf = (text: string) => {
    put({ file: text });
    return [...directory.lines('file')!];
  };

  it.each(['', 'a', 'a\n', '\n', '\n\n', 'a\n\nb', '\na'])('of %j are its lines', (text) => {
    expect(linesOf(text)).toEqual(text.split('\n'));
  });

  it.each([
    ['a line that ends with the chunk', `${'x'.repeat(MEGABYTE - 1)}\ny\n`],
    ['a line that begins the next chunk', `${'x'.repeat(MEGABYTE)}\ny`],
    ['a line that is longer than two chunks', `a\n${'x'.repeat(2 * MEGABYTE + 5)}\ny\nz`],
    ['a character across two chunks', `a\n${'x'.repeat(MEGABYTE - 3)}ä\ny`],
    ['no line at all', 'x'.repeat(MEGABYTE)],
  ])('are whole where a file is read in chunks: %s', (_, text) => {
    expect(linesOf(text).join('\n') === text).toBe(true);
    expect(linesOf(text).map(({ length }) => length)).toEqual(text.split('\n').map(({ length }) => length));
  });

  it('leave no file open', () => {
    put({ file: 'a\nb\n' });
    const before = openFiles();
    for (const line of directory.lines('file')!) {
      expect(line).toBe('a');
      break;
    }
    expect(openFiles()).toBe(before);
  });

  it('come of chunks that together are the file', () => {
    put({ file: 'x'.repeat(MEGABYTE + 1) });
    expect([...directory.chunks('file')].map(({ length }) => length)).toEqual([MEGABYTE, 1]);
  });
});

describe('a file equals texts', () => {
  it.each([
    ['abc', ['abc'], true],
    ['abc', ['a', '', 'bc'], true],
    ['', [], true],
    ['abc', ['ab'], false],
    ['abc', [], false],
    ['ab', ['abc'], false],
    ['abd', ['abc'], false],
    [`${'x'.repeat(MEGABYTE)}ab`, ['x'.repeat(MEGABYTE), 'ab'], true],
    [`${'x'.repeat(MEGABYTE)}ab`, ['x'.repeat(MEGABYTE), 'ac'], false],
  ])('that have its bytes, and no others (%#)', (content, texts, isEqual) => {
    put({ file: content });
    const before = openFiles();
    expect(directory.equals('file', texts)).toBe(isEqual);
    expect(openFiles()).toBe(before);
  });

  it('is no directory and no link', () => {
    obstruct();
    expect(['link', 'folder'].map((name) => directory.equals(name, ['mine']))).toEqual([false, false]);
  });
});

describe('a file is written', () => {
  it('with the directories above it, and its mode', () => {
    directory.write('shop/amd64/run', ['a', 'b'], { executable: true });
    directory.write('shop/amd64/x', 'text');
    const { shop: shop, 'shop/amd64/run': run, 'shop/amd64/x': x, ...rest } = listing(path);
    expect(shop).toMatchObject({ kind: 'directory', mode: '755' });
    expect(run).toMatchObject({ content: 'ab', mode: '755' });
    expect(x).toMatchObject({ content: 'text', mode: '644' });
    expect(Object.keys(rest)).toEqual(['shop/amd64']);
  });

  it('where none was a moment before', () => {
    expect(directory.read('shop/amd64/x')).toBeUndefined();
    directory.write('shop/amd64/x', 'text');
    expect(directory.read('shop/amd64/x')?.content.toString()).toBe('text');
  });

  it('in a directory that is there, and in more of them than are remembered', () => {
    put({ 'shop/y': '' });
    const names = Array.from({ length: 210 }, (_, index) => `shop/${index}/x`);
    names.forEach((name) => directory.write(name, name));
    expect(names.map((name) => directory.read(name)?.content.toString())).toEqual(names);
  });

  it('beside its place, of which nothing is left when that fails', () => {
    // GIVEN
    put({ 'shop/x/mine': '' });
    // WHEN
    const { where, what } = problemOf(() => directory.write('shop/x', 'text'));
    // THEN
    expect(where).toBe(join(path, 'shop/x'));
    expect(what).toMatch(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(Object.keys(contents(path))).toEqual(['shop/x/mine']);
  });

  it.each([
    ['way/x', 'way', 'a symbolic link stands where a directory of the output belongs'],
    ['file/x', 'file', 'a file stands where a directory of the output belongs'],
    ['../x', '..', 'this path leaves the output directory'],
  ])('never behind %s', (name, where, what) => {
    obstruct();
    const before = contents(path);
    expect(problemOf(() => directory.write(name, 'text'))).toMatchObject({ where: join(path, where), what });
    expect(contents(path)).toEqual(before);
    expect(existsSync(join(path, '../x'))).toBe(false);
  });

  it('or cannot be, where the directory itself is not there', () => {
    const other = new OutputDirectory(join(path, 'nowhere'));
    expect(problemOf(() => other.write('shop/x', '')).where).toBe(join(path, 'nowhere/shop'));
    expect(problemOf(() => other.write('x', '')).where).toBe(join(path, 'nowhere/x'));
  });
});

test('a file takes the place of another, or one is told why not', () => {
  put({ 'shop/a': 'a', 'shop/b': 'b' });
  directory.rename('shop/a', 'shop/b');
  expect(contents(path)).toEqual({ 'shop/b': 'a' });
  expect(problemOf(() => directory.rename('shop/a', 'shop/c')).where).toBe(join(path, 'shop/c'));
});

describe('a directory that comes as a whole', () => {
  it('is staged where none is, and has no files of others', () => {
    // GIVEN
    expect(directory.read('shop/x')).toBeUndefined();
    put({ blog: '', notes: '' });
    // WHEN
    const staged = directory.stage('shop')!;
    staged.write({ path: 'shop/x', content: 'text', executable: false });
    expect(existsSync(join(path, 'shop'))).toBe(false);
    directory.commit(staged);
    // THEN
    expect(directory.read('shop/x')?.content.toString()).toBe('text');
    expect([...directory.list()].sort()).toEqual(['blog', 'notes']);
    expect(directory.stage('shop')).toBeUndefined();
    expect([...new OutputDirectory(path).list()].sort()).toEqual(['blog', 'notes', 'shop/x']);
  });

  it('is adopted where none is', () => {
    // GIVEN
    const from = temporaryDirectory();
    ['a', 'b'].forEach((name) => mkdirSync(join(from, name)));
    writeFileSync(join(from, 'a/x'), 'text');
    expect(directory.read('shop/x')).toBeUndefined();
    // THEN
    expect(directory.adopt('shop', join(from, 'a'))).toBe(true);
    expect(directory.read('shop/x')?.content.toString()).toBe('text');
    expect([...directory.list()]).toEqual([]);
    expect(directory.adopt('shop', join(from, 'b'))).toBe(false);
    expect(problemOf(() => directory.adopt('blog', join(from, 'c'))).where).toBe(join(path, 'blog'));
  });
});

describe('a file is removed', () => {
  it('with what was left beside it, and with directories that are empty then', () => {
    put({ 'shop/amd64/x': '', 'shop/amd64/x.synth-tmp': '', '.shop.synth-tmp/amd64/x': '', 'shop/y': '' });
    directory.remove('shop/amd64/x');
    expect(Object.keys(listing(path))).toEqual(['shop', 'shop/y']);
    directory.remove('shop/y');
    directory.remove('shop/y');
    expect(readdirSync(path)).toEqual([]);
  });

  it('and written again, in directories that are made again', () => {
    directory.write('shop/amd64/x', 'a');
    directory.remove('shop/amd64/x');
    directory.write('shop/amd64/x', 'b');
    expect(contents(path)).toEqual({ 'shop/amd64/x': 'b' });
  });

  it('beside the directories of images', () => {
    put({ x: '', 'x.synth-tmp': '', y: '' });
    directory.remove('x');
    expect(readdirSync(path)).toEqual(['y']);
  });

  it('unless a link is on the way, or it is a directory', () => {
    obstruct();
    const before = contents(path);
    expect(problemOf(() => directory.remove('way/x')).where).toBe(join(path, 'way'));
    expect(problemOf(() => directory.remove('folder')).where).toBe(join(path, 'folder'));
    expect(contents(path)).toEqual(before);
  });

  it('but not swept: what was left beside it is', () => {
    put({ 'shop/x': '', 'shop/x.synth-tmp': '', '.shop.synth-tmp/x': '' });
    directory.sweep('shop/x');
    expect(Object.keys(contents(path))).toEqual(['shop/x']);
  });

  it('of what was left, a directory that is empty goes, and any other stays', () => {
    put({ '.shop.synth-tmp/amd64/mine': '' });
    mkdirSync(join(path, '.shop.synth-tmp/arm64/s6'), { recursive: true });
    directory.sweep('shop/arm64/s6/rc.d/run');
    directory.sweep('shop/amd64/x');
    expect(Object.keys(listing(path))).toEqual([
      '.shop.synth-tmp',
      '.shop.synth-tmp/amd64',
      '.shop.synth-tmp/amd64/mine',
    ]);
  });
});

describe('what lies there', () => {
  const FILES = { 'b/y': '', 'b/a/x': '', c: '', a: '' };

  it('is listed, links as files', () => {
    put(FILES);
    symlinkSync('b', join(path, 'link'));
    expect([...directory.list()].sort()).toEqual(['a', 'b/a/x', 'b/y', 'c', 'link']);
    expect([...directory.list('b')].sort()).toEqual(['b/a/x', 'b/y']);
    expect(directory.entries()).toEqual(['a', 'b', 'c', 'link']);
  });

  it('is looked at in an order, with what the system knows', () => {
    put(FILES);
    const seen: Array<[string, number]> = [];
    directory.look((name, { ino }) => seen.push([name, ino]));
    expect(seen).toEqual(['a', 'b/a/x', 'b/y', 'c'].map((name) => [name, lstatSync(join(path, name)).ino]));
    const below: string[] = [];
    directory.look((name) => below.push(name), 'b');
    expect(below).toEqual(['b/a/x', 'b/y']);
  });

  it('is nothing where the directory is not there, until it is made', () => {
    const other = new OutputDirectory(join(path, 'deep/er'));
    other.look(() => expect('a file').toBe('none'));
    expect([[...other.list()], other.entries(), other.clock()]).toEqual([[], [], undefined]);
    other.create();
    other.create();
    expect(lstatSync(other.path).isDirectory()).toBe(true);
  });

  it('or one is told why it cannot be known', () => {
    put({ file: '' });
    const other = new OutputDirectory(join(path, 'file'));
    const runs = [
      () => [...other.list()],
      () => other.entries(),
      () => other.create(),
      () => other.look(() => undefined),
    ];
    runs.forEach((run) => expect(problemOf(run).where).toBe(join(path, 'file')));
  });
});

test('now is what the file system says, which keeps nothing of the question', () => {
  const before = openFiles();
  const now = directory.clock()!;
  expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  expect(readdirSync(path)).toEqual([]);
  expect(openFiles()).toBe(before);
  rmdirSync(path);
  expect(directory.clock()).toBeUndefined();
});
