import fs, { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from './support';
import { writeWhole, type WholeOptions } from '../../../src/synth/write-whole';

afterEach(removeTemporaryDirectories);

const PIECES = [Buffer.from('one, '), Buffer.alloc(0), Buffer.from('two')];

function written(options: WholeOptions, before?: string): { content: string; mode: number } {
  const path = join(temporaryDirectory(), 'file');
  if (before !== undefined) {
    writeFileSync(path, before, { mode: 0o600 });
  }
  writeWhole(path, PIECES, options);
  return { content: readFileSync(path, 'utf8'), mode: lstatSync(path).mode & 0o7777 };
}

it.each<[WholeOptions, number]>([
  [{}, 0o644],
  [{ executable: false }, 0o644],
  [{ executable: true }, 0o755],
  [{ durable: true }, 0o644],
])('a file is written with its mode: %j', (options, mode) => {
  expect(written(options)).toEqual({ content: 'one, two', mode });
});

test('nothing is left of what was there', () => {
  expect(written({}, 'something that is longer')).toEqual({ content: 'one, two', mode: 0o644 });
});

test('whoever asks is shown what is written', () => {
  const seen: string[] = [];
  written({ see: (bytes) => seen.push(bytes.toString()) });
  expect(seen).toEqual(['one, ', '', 'two']);
});

test('nothing is written through a link', () => {
  // GIVEN
  const directory = temporaryDirectory();
  const [link, target] = [join(directory, 'link'), join(directory, 'target')];
  writeFileSync(target, 'mine');
  symlinkSync(target, link);
  // THEN
  expect(() => writeWhole(link, PIECES, {})).toThrow(/ELOOP/);
  expect(readFileSync(target, 'utf8')).toBe('mine');
});

it.each<[WholeOptions, number]>([
  [{}, 0],
  [{ durable: true }, 1],
])('only what has to last is waited for: %j', (options, times) => {
  const sync = jest.spyOn(fs, 'fsyncSync');
  try {
    written(options);
    expect(sync).toHaveBeenCalledTimes(times);
  } finally {
    sync.mockRestore();
  }
});

test('no file stays open, also after a failure', () => {
  // GIVEN
  const open = () => readdirSync('/dev/fd').length;
  const before = open();
  const failing = (): never => {
    throw new Error('enough');
  };
  // WHEN
  written({});
  expect(() => written({ see: failing })).toThrow('enough');
  // THEN
  expect(open()).toBe(before);
});
