import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';
import { removeTemporaryDirectories, temporaryDirectory } from './support';
import type * as PackageIdentity from '../../../src/synth/package-identity';
import { packageIdentity } from '../../../src/synth/package-identity';

afterEach(removeTemporaryDirectories);

const MODULE = 'lib/synth/package-identity.js';

/** Not as one word, which is replaced where tests are bundled. */
const DIRNAME = ['__', 'dirname'].join('');

/** What an identity is made of, beside the version of Node.js. */
const FILES = [
  'package.json',
  'lib/start.js',
  'lib/tree.js',
  'lib/schema.js',
  'lib/core.js',
  'lib/index.js',
  'lib/synth/early-thread.js',
  'lib/catalog/data/debian/trixie.json',
  'lib/image/assets/s6/run',
  'lib/report/assets/page.css',
];

/** A package as it is installed, of the module in question and of files that only are there. */
function installed(): string {
  const root = temporaryDirectory();
  const source = readFileSync(join(__dirname, '../../../src/synth/package-identity.ts'), 'utf8');
  const { code } = transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  [...FILES, MODULE, 'lib/cli/main.js'].forEach((file) => {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), file === MODULE ? code : '');
  });
  return root;
}

/** The module of a package, as a new process has it: no two share what it remembers. */
function load(root: string): typeof PackageIdentity {
  const loaded: Partial<typeof PackageIdentity> = {};
  const place = join(root, MODULE);
  const given = { exports: loaded, require: createRequire(place), [DIRNAME]: dirname(place) };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- jest resolves no module that was not there before
  new Function(...Object.keys(given), readFileSync(place, 'utf8'))(...Object.values(given));
  return loaded as typeof PackageIdentity;
}

describe('the identity of a package', () => {
  it('is not there where it runs from its sources', () => {
    expect(packageIdentity()).toBeUndefined();
  });

  it('is not there where its modules are not bundled', () => {
    const root = installed();
    unlinkSync(join(root, 'lib/core.js'));
    expect(load(root).packageIdentity()).toBeUndefined();
  });

  it('is a hash, the same in each process', () => {
    const root = installed();
    const identity = load(root).packageIdentity();
    expect(identity).toMatch(/^[0-9a-f]{64}$/);
    expect(load(root).packageIdentity()).toBe(identity);
  });

  it.each(FILES)('is another one when %s has changed', (file) => {
    // GIVEN
    const root = installed();
    const before = load(root).packageIdentity();
    // WHEN
    appendFileSync(join(root, file), '\n');
    // THEN
    expect(load(root).packageIdentity()).not.toBe(before);
  });

  it('is another one when a file of its facts is gone', () => {
    const root = installed();
    writeFileSync(join(root, 'lib/catalog/data/more.json'), '');
    const before = load(root).packageIdentity();
    rmSync(join(root, 'lib/catalog/data/more.json'));
    expect(load(root).packageIdentity()).not.toBe(before);
  });

  it('is another one for a copy of it', () => {
    const [root, copy] = [installed(), temporaryDirectory()];
    cpSync(root, copy, { recursive: true, preserveTimestamps: true });
    expect(load(copy).packageIdentity()).not.toBe(load(root).packageIdentity());
  });

  it.each(['lib/cli/main.js', MODULE])('stays when %s has changed, which no synthesis runs on', (file) => {
    const root = installed();
    const before = load(root).packageIdentity();
    appendFileSync(join(root, file), '\n');
    expect(load(root).packageIdentity()).toBe(before);
  });

  it('stays while a process runs: what was loaded does not change any more', () => {
    // GIVEN
    const root = installed();
    const running = load(root);
    const before = running.packageIdentity();
    // WHEN
    appendFileSync(join(root, 'lib/index.js'), '\n');
    // THEN
    expect(running.packageIdentity()).toBe(before);
  });
});
