import { assignedSecret, isSecretName, looksRandom } from '../../../../src/rules/image/secrets';
import { architecture, found, foundInImage, saying } from '../written';

const KEY = `AKIA${'A1'.repeat(8)}`;

describe('.dockerignore', () => {
  const FILES = { Dockerfile: 'FROM scratch\n', 'scripts/own.sh': 'make\n' };
  const ignoring = (text: string, more: Readonly<Record<string, string>> = {}): string[] =>
    found('IMG-012', { ...FILES, '.dockerignore': text, ...more });

  it.each([
    ['with a remark above', '# What is generated.\n*\n!scripts\n'],
    ['with an empty line above', '\n*\n!scripts\n'],
    ['with blanks before an exception', '*\n  !scripts\n'],
    ['with blanks within an exception', '*\n! scripts\n'],
    ['that counts from the context', '*\n!/scripts\n'],
    ['that counts from the context twice', '*\n!/./scripts\n'],
    ['that names a directory', '*\n!scripts/\n'],
    ['that names a directory twice', '*\n!scripts//\n'],
  ])('%s passes', (_, text) => {
    expect(ignoring(text)).toEqual([]);
  });

  it('that is not there is refused', () => {
    expect(found('IMG-012', FILES)).toEqual(['.dockerignore: there is none']);
  });

  it('of remarks alone is refused', () => {
    expect(ignoring('# Nothing.\n')).toContain('.dockerignore: its first pattern is not *');
  });

  it('that lets something pass which nobody made is refused', () => {
    expect(ignoring('*\n!scripts\n!vendor\n')).toEqual(
      saying(['.dockerignore: !vendor lets something pass that is not generated']),
    );
  });

  it('is not what the builder reads where a file of the Dockerfile takes its place', () => {
    const text = '*\n!scripts\n!Dockerfile.dockerignore\n';
    expect(ignoring(text, { 'Dockerfile.dockerignore': '' })).toEqual(
      saying(['Dockerfile.dockerignore: it takes the place of .dockerignore']),
    );
  });

  it('may be written about', () => {
    expect(ignoring('*\n!scripts\n!*.md\n', { 'of.dockerignore.md': '' })).toEqual([]);
  });
});

describe('Dockerfiles', () => {
  const foundBeside = (files: Readonly<Record<string, string>>): string[] =>
    foundInImage('IMG-006', { 'amd64/Dockerfile': '', ...files });

  it.each(['Dockerfile', 'riscv64/Dockerfile', 'old.Dockerfile'])('%s is outside of the contexts', (path) => {
    expect(foundBeside({ [path]: '' })).toEqual([
      `${path}: a Dockerfile outside of the contexts that the manifest names`,
    ]);
  });

  it.each(['Dockerfile.md', 'amd64/own.Dockerfile'])('%s is not', (path) => {
    expect(foundBeside({ [path]: '' })).toEqual([]);
  });
});

it('an image of no architecture is refused', () => {
  expect(foundInImage('IMG-006', {}, { architectures: {} })).toEqual([': the manifest names no architecture']);
});

it('an architecture that is built for the platform of another is refused', () => {
  const architectures = { amd64: architecture('linux/arm64') };
  expect(foundInImage('IMG-006', {}, { architectures })).toEqual(saying(['linux/arm64 (amd64) is not a platform']));
});

describe('a secret', () => {
  it('of all contexts is told once, with its line', () => {
    const text = `first\nsecond\n${KEY}\n${KEY}\n`;
    expect(foundInImage('IMG-011', { 'amd64/notes': text, 'arm64/notes': text, 'arm64/others': 'none' })).toEqual([
      'amd64/notes:3: a key of AWS stands in it',
    ]);
  });

  it('in the first line, or of several, is told at the first', () => {
    expect(found('IMG-011', { notes: KEY })).toEqual(['notes:1: a key of AWS stands in it']);
    expect(found('IMG-011', { notes: '\n_authToken =\n  own' })).toEqual(['notes:1: a token of npm stands in it']);
  });

  it.each([
    ['DB_PASSWORD=hunter2', 'DB_PASSWORD'],
    ["DB_PASSWORD: 'hunter2'", 'DB_PASSWORD'],
    ['PUBLIC_KEY=own KEY_PUBLIC=own', undefined],
    ['DB_PASSWORD=$PASSWORD', undefined],
  ])('is assigned by %j: %j', (text, name) => {
    expect(assignedSecret(text)).toBe(name);
  });

  it.each(['PUBLIC_KEY', 'KEY_PUBLIC', 'PWD'])('is not %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  it.each([
    ['Zk3vQ9xWb7Lr2TnY5sHd8Pc', true],
    ['(Zk3vQ9xWb7Lr2TnY5sHd8Pc', false],
    ['Zk3vQ9xWb7Lr2TnY5sHd8Pc)', false],
    ['ZkvQxWbLrTnYsHdPcMfGjAe', false],
    ['ZK3VQ9XWB7LR2TNY5SHD8PC', false],
    ['aA1aA1aA1aA1aA1aA1aA1aA1', false],
  ])('that is drawn by chance looks like %s: %j', (value, looks) => {
    expect(looksRandom(value)).toBe(looks);
  });
});
