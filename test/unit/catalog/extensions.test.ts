import { readerOf, somePhp, somePlatform, someRelease } from './fixtures';
import { Catalog } from '../../../src/catalog/catalog';
import { resolveExtensions } from '../../../src/catalog/extensions';

const shipped = Catalog.shipped();

test('packages are named once and by code point; what is compiled in needs none', () => {
  // WHEN
  const { packages, extensions, unknown } = resolveExtensions(
    shipped,
    { platform: 'debian', release: 'trixie', php: '8.4' },
    ['redis', 'pdo_mysql', 'mysqli', 'json', 'pdo', 'redis'],
  );
  // THEN
  expect(packages).toEqual(['php8.4-common', 'php8.4-mysql', 'php8.4-redis']);
  expect(extensions.map(({ extension, status }) => [extension, status])).toEqual([
    ['redis', 'resolved'],
    ['pdo_mysql', 'resolved'],
    ['mysqli', 'resolved'],
    ['json', 'builtin'],
    ['pdo', 'resolved'],
  ]);
  expect(unknown).toEqual([]);
});

test('opcache is a package up to 8.4 and compiled in from 8.5', () => {
  for (const [php, packages] of [
    ['8.4', ['php84-opcache']],
    ['8.5', []],
  ] as const) {
    const result = resolveExtensions(shipped, { platform: 'alpine', release: '3.24', php }, ['opcache']);
    expect(result.packages).toEqual(packages);
    expect(result.unknown).toEqual([]);
  }
});

test('what only the command line has is told apart', () => {
  const result = resolveExtensions(shipped, { platform: 'debian', release: 'trixie', php: '8.4' }, ['pcntl']);
  expect(result.cliOnly).toEqual(['pcntl']);
  expect(result.packages).toEqual([]);
});

test('what the release does not have comes with the releases that have it', () => {
  const { unknown } = resolveExtensions(shipped, { platform: 'debian', release: 'trixie', php: '8.4' }, ['swoole']);
  expect(unknown).toHaveLength(1);
  expect(unknown[0]).toMatchObject({ extension: 'swoole', knownAbsent: true });
  expect(unknown[0]?.releases).toContainEqual({ platform: 'alpine', release: '3.24' });
});

test('a misspelt name comes with the nearest ones', () => {
  const { unknown } = resolveExtensions(shipped, { platform: 'alpine', release: '3.24', php: '8.4' }, ['redsi']);
  expect(unknown[0]).toMatchObject({ status: 'unknown', knownAbsent: false, releases: [] });
  expect(unknown[0]?.nearest).toContain('redis');
});

test('the names of a catalogue of one’s own are resolved the same way', () => {
  // GIVEN
  const php = somePhp({ intl: 'some-intl', constructor: null });
  const reader = readerOf(somePlatform(), [someRelease({ php: { '9.1': php } })]);
  // WHEN
  const result = resolveExtensions(reader, { platform: 'some', release: 'one', php: '9.1' }, ['intl', 'toString']);
  // THEN
  expect(result.packages).toEqual(['some-intl']);
  expect(result.unknown.map(({ extension, knownAbsent }) => [extension, knownAbsent])).toEqual([['toString', false]]);
});

test('a PHP that the release does not have is an error that names the releases that do', () => {
  expect(() => resolveExtensions(shipped, { platform: 'alpine', release: '3.24', php: '7.4' }, ['json'])).toThrow(
    /alpine 3\.24 has no PHP 7\.4.*alpine 3\.15/,
  );
});
