import { readerOf, somePhp, somePlatform, someRelease } from './fixtures';
import { Catalog } from '../../../src/catalog/catalog';
import { problemsOf } from '../../../src/catalog/consistency';
import type { ReleaseFacts } from '../../../src/catalog/facts';

function problemsOfRelease(facts: Partial<ReleaseFacts>): readonly string[] {
  return problemsOf(readerOf(somePlatform(), [someRelease(facts)]));
}

test('the shipped catalogue is sound', () => {
  expect(problemsOf(Catalog.shipped())).toEqual([]);
});

test('a sound catalogue of one’s own has no problems', () => {
  expect(problemsOfRelease({})).toEqual([]);
});

const release = someRelease();
const cases: readonly (readonly [string, Partial<ReleaseFacts>, RegExp])[] = [
  ['a digest that is cut off', { base: { ...release.base, index: 'sha256:abc' } }, /base: the digest index/],
  ['a base without a digest', { base: { ...release.base, index: undefined } }, /base: has no digest/],
  ['a day that does not exist', { endOfLife: { ...release.endOfLife, date: '2030-02-30' } }, /is no day/],
  ['a longer support that ends first', { endOfLife: { ...release.endOfLife, extended: '2029-01-01' } }, /lies before/],
  ['a fact without a source', { nginx: { ...release.nginx, sources: [] } }, /nginx: has no source/],
  ['a version with a revision', { nginx: { ...release.nginx, version: '1.2.3-r1' } }, /no upstream version/],
  ['an extension that is false', { php: { '9.1': somePhp({ intl: '' }) } }, /intl: '' is no package name/],
  ['an extension in capitals', { php: { '9.1': somePhp({ Intl: true }) } }, /no extension name/],
  ['a PHP without a lifecycle', { php: { '9.2': somePhp() } }, /php 9\.2: has no lifecycle/],
  ['an origin without a repository', { php: { '9.1': { ...somePhp(), origin: 'sury' } } }, /no such repository/],
  [
    'a relative path',
    { php: { '9.1': { ...somePhp(), paths: { ...somePhp().paths, fpmIni: 'etc/php.ini' } } } },
    /no absolute path/,
  ],
];

test.each(cases)('%s is a problem', (_, facts, problem) => {
  expect(problemsOfRelease(facts)).toContainEqual(expect.stringMatching(problem));
});

test('a default release that does not exist, or lacks the PHP, is a problem', () => {
  const platform = somePlatform({ defaultRelease: { '9.1': 'two', '9.2': 'one' } });
  expect(problemsOf(readerOf(platform, [someRelease()]))).toEqual([
    'some: the default release two of PHP 9.1 does not exist',
    'some: the default release one lacks PHP 9.2',
  ]);
});

test('all problems are told at once, each with its place', () => {
  const problems = problemsOf(
    readerOf(somePlatform({ releases: ['two', 'one'] }), [
      someRelease({ name: 'one', php: { '7': somePhp({ A: true }) } }),
    ]),
  );
  expect(problems).toEqual([
    'some: lists the release two, which has no facts',
    'some / one / php 7: has no lifecycle',
    "some / one / php 7: 'A' is no extension name in lower case",
  ]);
});
