import {
  closeSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from './support';
import { ImageApp, ImageConstruct } from '../../../src';
import { Spool } from '../../../src/synth/spool';

afterEach(removeTemporaryDirectories);

/**
 * The first three are as much as waits in memory. Each is longer than what is read at a time, and characters of the others
 * lie across two reads.
 */
const TEXTS = ['a', 'b', 'c', 'é', '€', '😀'].map(
  (character) => ` ${character.repeat(1_500_000 / character.length)}\n`,
);

/** Synthesizes an image with these texts as files, every second one executable. */
function synthLong(outdir: string): void {
  const app = new ImageApp({ outdir });
  const image = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', architectures: ['amd64'] });
  TEXTS.forEach((content, index) =>
    image.addFile({ target: `/opt/long-${index}`, content, executable: index % 2 === 1 }),
  );
  app.synth();
}

/** Units of texts that are kept in memory. */
const MEMORY = 4 * 1024 * 1024;

/** Bytes of a text that is read as a whole. */
const PIECE = 64 * 1024;

/** A spool whose memory is full: its first text is as much. */
function full(): Spool {
  const spool = new Spool();
  spool.keep(['m'.repeat(MEMORY + 1)]);
  return spool;
}

/** A text that was kept, in one. */
function whole(spool: Spool, index: number): string | undefined {
  const kept = spool.kept(index);
  return kept === undefined ? undefined : [...kept].join('');
}

/** Where a spool of this process makes its file, of which it takes the name away. */
function nameOf(number: number): string {
  return join(tmpdir(), `projen-nginx-php-${process.pid}-${number}`);
}

/** Files of spools that are open here. */
function openFiles(): number[] {
  return readdirSync('/proc/self/fd')
    .map(Number)
    .filter((file) => {
      try {
        return readlinkSync(`/proc/self/fd/${file}`).startsWith(nameOf(0));
      } catch {
        return false;
      }
    });
}

/** The file that is opened while something runs. */
function openedBy(run: () => void): number {
  const before = openFiles();
  run();
  const [file, ...others] = openFiles().filter((one) => !before.includes(one));
  expect([typeof file, others]).toEqual(['number', []]);
  return file!;
}

/** Puts another file in the place of one that is open. */
function replaceOpen(file: number, path: string): void {
  closeSync(file);
  const others: number[] = [];
  for (let opened = openSync(path, 'r+'); opened !== file; opened = openSync(path, 'r+')) {
    others.push(opened);
  }
  others.forEach(closeSync);
}

/** Names that are taken while something runs. */
function whileTaken(count: number, run: () => void): void {
  const names = Array.from({ length: count }, (_, number) => nameOf(number));
  names.forEach((name) => writeFileSync(name, 'of somebody else'));
  try {
    run();
    expect(names.every((name) => readFileSync(name, 'utf8') === 'of somebody else')).toBe(true);
  } finally {
    names.forEach((name) => rmSync(name));
  }
}

describe.each([
  ['in a file of the temporary directory', 0],
  ['nowhere, because somebody has every name there', 100],
])('texts that are too much for memory wait %s', (_, taken) => {
  test('and are written as they are', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    // WHEN
    whileTaken(taken, () => synthLong(outdir));
    // THEN
    const paths = TEXTS.map((__, index) => join(outdir, `shop/amd64/config/files/opt/long-${index}`));
    expect(paths.filter((path, index) => readFileSync(path, 'utf8') !== TEXTS[index])).toEqual([]);
    expect(paths.map((path) => lstatSync(path).mode & 0o777)).toEqual([0o644, 0o755, 0o644, 0o755, 0o644, 0o755]);
  });
});

describe('texts between checking and writing', () => {
  it('are numbered, and come back by their numbers, from memory as from a file', () => {
    // GIVEN
    const spool = new Spool();
    const texts = [['a', 'b'], ['m'.repeat(MEMORY)], ['first', ' ', 'é€😀'], [], ['', 'x'], ['last']];
    // WHEN
    const numbers = texts.map((pieces) => spool.keep(pieces));
    // THEN
    expect(numbers).toEqual([0, 1, 2, 3, 4, 5]);
    expect([0, 2, 3, 4, 5].map((number) => spool.kept(number))).toEqual(['ab', 'first é€😀', '', 'x', 'last']);
    expect(spool.kept(1) === texts[1]![0]).toBe(true);
    expect(spool.keep(['more'])).toBe(6);
    expect([5, 6].map((number) => spool.kept(number))).toEqual(['last', 'more']);
  });

  it('come back as they are, short ones between long ones', () => {
    // GIVEN
    const spool = full();
    const [ascii, wide, long] = ['a'.repeat(300_000), '€'.repeat(300_000), '😀'.repeat(300_000)];
    const texts = [ascii, wide, 'short', long, 'é', wide, ascii, '', 'end'];
    // WHEN
    const numbers = texts.map((text) => spool.keep([text]));
    // THEN
    expect(numbers.map((number, index) => whole(spool, number) === texts[index])).toEqual(texts.map(() => true));
  });

  it.each([
    ['one that is not long is a text', PIECE, undefined],
    ['one that is longer comes in pieces', PIECE + 1, [PIECE, 1]],
    ['one comes in whole pieces', 2 * PIECE, [PIECE, PIECE]],
  ])('%s', (_, length, pieces) => {
    // GIVEN
    const spool = full();
    spool.keep(['before']);
    const number = spool.keep(['x'.repeat(length)]);
    // WHEN
    const kept = spool.kept(number)!;
    // THEN
    expect(typeof kept === 'string' ? undefined : Array.from(kept, (piece) => piece.length)).toEqual(pieces);
    expect(whole(spool, number) === 'x'.repeat(length)).toBe(true);
  });

  it('lie in no file as long as memory has room, and empty ones never', () => {
    whileTaken(100, () => {
      // GIVEN
      const spool = new Spool();
      // WHEN
      ['m'.repeat(MEMORY), 'more'].forEach((text) => spool.keep([text]));
      // THEN
      expect(spool.kept(1)).toBe('more');
      expect([spool.keep([]), spool.keep([''])].map((number) => spool.kept(number))).toEqual([undefined, undefined]);
    });
    const spool = full();
    expect([spool.keep([]), spool.keep([''])].map((number) => spool.kept(number))).toEqual([undefined, undefined]);
  });

  it('lie in a file of another name where somebody has the first one', () => {
    whileTaken(99, () => {
      const spool = full();
      expect(spool.kept(spool.keep(['text']))).toBe('text');
    });
  });

  it('are not kept where somebody has every name', () => {
    whileTaken(100, () => {
      const spool = full();
      const numbers = ['text', 'x'.repeat(2 * 1024 * 1024), 'more'].map((text) => spool.keep([text]));
      expect(numbers.map((number) => spool.kept(number))).toEqual([undefined, undefined, undefined]);
    });
  });

  it('are not kept once there is no room on the disk', () => {
    // GIVEN
    const spool = full();
    const first = spool.keep(['text']);
    const file = openedBy(() => expect(spool.kept(first)).toBe('text'));
    // WHEN
    replaceOpen(file, '/dev/full');
    const second = spool.keep(['more']);
    // THEN
    expect([second, first].map((number) => spool.kept(number))).toEqual([undefined, undefined]);
    expect(spool.kept(0)).toHaveLength(MEMORY + 1);
    expect(spool.kept(spool.keep(['later']))).toBeUndefined();
  });

  it('are not taken from a file that has become shorter', () => {
    // GIVEN
    const spool = full();
    const [short, long] = ['text', 'x'.repeat(3 * PIECE)].map((text) => spool.keep([text]));
    const file = openedBy(() => expect(spool.kept(short!)).toBe('text'));
    // WHEN
    ftruncateSync(file, 2);
    // THEN
    expect(spool.kept(short!)).toBeUndefined();
    expect(() => whole(spool, long!)).toThrow('has become shorter');
  });
});
