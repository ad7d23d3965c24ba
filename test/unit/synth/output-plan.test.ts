import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from './support';
import { OutputDirectory } from '../../../src/synth/output-directory';
import { RecordFiles } from '../../../src/synth/output-files';
import { agrees, planOutput, sha256, sha256OfTexts } from '../../../src/synth/output-plan';

afterEach(removeTemporaryDirectories);

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Files of a manifest, by their texts; one whose text ends with `*` is executable. */
function filesOf(texts: Readonly<Record<string, string>>): RecordFiles {
  const entryOf = (text: string) =>
    text.endsWith('*') ? { sha256: hashOf(text), executable: true as const } : { sha256: hashOf(text) };
  return new RecordFiles(Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, entryOf(text)])));
}

/** A directory with files, none of them executable. */
function disk(texts: Readonly<Record<string, string>>): OutputDirectory {
  const path = temporaryDirectory();
  mkdirSync(join(path, 'shop'));
  Object.entries(texts).forEach(([name, text]) => writeFileSync(join(path, name), text));
  return new OutputDirectory(path);
}

function plan(there: OutputDirectory, next: RecordFiles, ...known: readonly RecordFiles[]) {
  const { write, ...rest } = planOutput(there, next, known);
  return { write: write.paths(), ...rest };
}

const NOTHING = { write: [], remove: [], edited: [], unchanged: 0 };

describe('a file that is wanted', () => {
  it.each([
    ['is written where none is', {}, 'new', [], { write: ['shop/x'] }],
    ['is right as it is', { 'shop/x': 'new' }, 'new', [], { unchanged: 1 }],
    ['is written where an earlier one is', { 'shop/x': 'old' }, 'new', ['old'], { write: ['shop/x'] }],
    ['is written where one of several earlier ones is', { 'shop/x': 'b' }, 'new', ['a', 'b'], { write: ['shop/x'] }],
    ['is written where only the executable bit is lost', { 'shop/x': 'new*' }, 'new*', [], { write: ['shop/x'] }],
    ['is edited where nobody wrote what is there', { 'shop/x': 'mine' }, 'new', [], { edited: ['shop/x'] }],
    ['is edited where somebody changed it', { 'shop/x': 'mine' }, 'new', ['a', 'b'], { edited: ['shop/x'] }],
  ])('%s', (_, there, text, earlier, wanted) => {
    const known = earlier.map((other) => filesOf({ 'shop/x': other }));
    expect(plan(disk(there as Record<string, string>), filesOf({ 'shop/x': text }), ...known)).toEqual({
      ...NOTHING,
      ...wanted,
    });
  });

  it('is told by its own place', () => {
    const next = filesOf({ a: 'a', b: 'b', 'shop/x': 'x', 'shop/y': 'y', 'shop/z': 'z' });
    const there = disk({ a: 'a', 'shop/x': 'mine', 'shop/y': 'old' });
    expect(plan(there, next, filesOf({ 'shop/y': 'old' }))).toEqual({
      write: ['b', 'shop/y', 'shop/z'],
      remove: [],
      edited: ['shop/x'],
      unchanged: 1,
    });
  });
});

describe('a file that nobody generates any more', () => {
  it.each([
    ['is removed', { 'shop/x': 'old' }, { remove: ['shop/x'] }],
    ['is edited where somebody changed it', { 'shop/x': 'mine' }, { edited: ['shop/x'] }],
    ['is gone where it is gone', {}, {}],
  ])('%s', (_, there, wanted) => {
    const known = filesOf({ 'shop/x': 'old' });
    expect(plan(disk(there as Record<string, string>), filesOf({}), known)).toEqual({ ...NOTHING, ...wanted });
  });

  it('is told once, and sorted with the others; what is wanted is none', () => {
    const there = disk({ 'shop/x': 'x', 'shop/y': 'y', 'shop/b': 'b', a: 'a' });
    const next = filesOf({ 'shop/b': 'b' });
    const known = [filesOf({ 'shop/y': 'y', 'shop/b': 'b' }), filesOf({ a: 'a', 'shop/y': '', 'shop/x': 'x' })];
    expect(plan(there, next, next, ...known)).toEqual({
      ...NOTHING,
      remove: ['a', 'shop/x', 'shop/y'],
      unchanged: 1,
    });
  });
});

it.each([
  ['x', false, 'x', undefined, true],
  ['x', true, 'x', true, true],
  ['x', true, 'x', undefined, false],
  ['x', false, 'x', true, false],
  ['y', false, 'x', undefined, false],
] as const)(
  'a file with %j, executable %j, agrees with %j, executable %j: %j',
  (text, bit, other, executable, wanted) => {
    const entry = { sha256: hashOf(other), ...(executable && { executable }) };
    expect(agrees({ content: Buffer.from(text), executable: bit }, entry)).toBe(wanted);
  },
);

test('an executable file is known by its bit', () => {
  const there = disk({ 'shop/x': 'x*' });
  chmodSync(join(there.path, 'shop/x'), 0o755);
  expect(plan(there, filesOf({ 'shop/x': 'x*' }))).toEqual({ ...NOTHING, unchanged: 1 });
});

test('hashes are those of the bytes, in one piece or in several', () => {
  const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect([sha256('abc'), sha256(Buffer.from('abc')), sha256OfTexts(['a', Buffer.from('b'), 'c'])]).toEqual([
    hash,
    hash,
    hash,
  ]);
});
