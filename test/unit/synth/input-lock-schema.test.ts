import { inputLockSchema } from '../../../src';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const BASE = { repository: 'docker.io/library/debian', tag: 'trixie' };
const DIGESTS = { amd64: DIGEST, arm64: DIGEST };

function lockWith(base: object): object {
  return { version: 1, packages: 'live', bases: { 'debian trixie': base }, keys: {} };
}

describe('a base in a lock', () => {
  it.each([
    ['the digests of the architectures', { ...BASE, digests: DIGESTS }],
    ['the digest of the index', { ...BASE, index: DIGEST }],
    ['both', { ...BASE, digests: DIGESTS, index: DIGEST }],
  ])('is right with %s', (_, base) => {
    expect(inputLockSchema.parse(lockWith(base))).toEqual(lockWith(base));
  });

  it('is refused with neither digests nor an index, and named', () => {
    const { error } = inputLockSchema.safeParse(lockWith(BASE));
    expect(error?.issues.map(({ path, message }) => [path.join('/'), message])).toEqual([
      ['bases/debian trixie', 'names neither digests nor an index'],
    ]);
  });

  it.each([
    ['a digest that is too short', { ...BASE, index: DIGEST.slice(0, -1) }, 'bases/debian trixie/index'],
    ['a digest with something behind it', { ...BASE, index: `${DIGEST}0` }, 'bases/debian trixie/index'],
    ['a digest without its algorithm', { ...BASE, index: 'a'.repeat(64) }, 'bases/debian trixie/index'],
    [
      'the digest of one architecture alone',
      { ...BASE, digests: { amd64: DIGEST } },
      'bases/debian trixie/digests/arm64',
    ],
    ['something that nobody reads', { ...BASE, index: DIGEST, platform: 'debian' }, 'bases/debian trixie'],
  ])('is refused with %s', (_, base, path) => {
    const { error } = inputLockSchema.safeParse(lockWith(base));
    expect(error?.issues.map((issue) => issue.path.join('/'))).toEqual([path]);
  });
});
