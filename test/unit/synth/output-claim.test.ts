import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorOf, removeTemporaryDirectories, temporaryDirectory } from './support';
import { assertOwnOutput, findForeignOutput } from '../../../src/synth/output-claim';
import { OutputDirectory } from '../../../src/synth/output-directory';
import { RecordFiles } from '../../../src/synth/output-files';

afterEach(removeTemporaryDirectories);

const NONE = new RecordFiles({});

function directoryWith(...names: readonly string[]): OutputDirectory {
  const path = temporaryDirectory();
  names.forEach((name) => writeFileSync(join(path, name), ''));
  return new OutputDirectory(path);
}

it.each(['.git', '.a', 'index.html.synth-tmp', 'lost+found'])(
  'a directory that has only %s can be an output',
  (name) => {
    expect(findForeignOutput(directoryWith(name), new Set())).toBeUndefined();
  },
);

it.each([
  'a.git',
  'synth-tmp',
  'a-synth-tmp',
  'a.synth-tmp.old',
  'lost+found.old',
  'my-lost+found',
  'lostfound',
  'src',
])('a directory that has %s is one of somebody else', (name) => {
  const directory = directoryWith(name, 'shop');
  expect(findForeignOutput(directory, new Set(['shop']))).toMatchObject({
    where: directory.path,
    what: `this directory is not an output: it has ${name}, and no manifest.json of a synthesis`,
  });
});

it.each([
  [['a', 'b', 'c'], 'it has a, b, c, and'],
  [['a', 'b', 'c', 'd'], 'it has a, b, c and 1 more, and'],
  [['a', 'b', 'c', 'd', 'e'], 'it has a, b, c and 2 more, and'],
])('of %j three are named, and the others counted', (names, text) => {
  expect(findForeignOutput(directoryWith(...names), new Set())?.what).toContain(text);
});

test('an empty directory can be an output, and one that is not there', () => {
  expect(findForeignOutput(directoryWith(), new Set())).toBeUndefined();
  expect(findForeignOutput(new OutputDirectory(join(temporaryDirectory(), 'x')), new Set())).toBeUndefined();
});

describe('what is written', () => {
  it('may be there already, as may a manifest that cannot be read', () => {
    // GIVEN
    const directory = directoryWith('manifest.json', 'index.html');
    mkdirSync(join(directory.path, 'shop'));
    const files = new RecordFiles({ 'shop/README.md': { sha256: '' }, 'index.html': { sha256: '' } });
    // THEN
    expect(() => assertOwnOutput(directory, files, [])).not.toThrow();
  });

  it('does not go beside files of somebody else', () => {
    const directory = directoryWith('package.json');
    expect(errorOf(() => assertOwnOutput(directory, NONE, []))).toMatchObject({
      type: 'FILE_WRITE_ERROR',
      details: [{ where: directory.path }],
    });
  });

  it('goes beside them where a synthesis has written before', () => {
    expect(() => assertOwnOutput(directoryWith('package.json'), NONE, [NONE])).not.toThrow();
  });
});
