import { somePhp } from './fixtures';
import {
  everyReleaseWithPhp,
  extensionsOf,
  hasExtension,
  nearestExtensions,
  phpOn,
  phpVersionsOn,
  releasesWithExtension,
  releasesWithPhp,
} from '../../../src/catalog/availability';
import { Catalog } from '../../../src/catalog/catalog';

const catalog = Catalog.shipped();

test('releases with a PHP version are named oldest first', () => {
  expect(releasesWithPhp(catalog, 'alpine', '8.1')).toEqual(['3.16', '3.17', '3.18', '3.19']);
  expect(releasesWithPhp(catalog, 'alpine', '7.4')).toEqual(['3.15']);
  expect(releasesWithPhp(catalog, 'ubuntu', '8.1')).toContain('22.04');
});

test('a PHP version or a platform of which nothing is known has no releases', () => {
  expect(releasesWithPhp(catalog, 'alpine', '5.6')).toEqual([]);
  expect(releasesWithPhp(catalog, 'fedora', '8.4')).toEqual([]);
  expect(everyReleaseWithPhp(catalog, '5.6')).toEqual([]);
});

test('releases of every platform are named by platform, then oldest first', () => {
  const names = everyReleaseWithPhp(catalog, '8.4').map(({ platform, release }) => `${platform} ${release}`);
  expect(names).toEqual([
    'alpine 3.21',
    'alpine 3.22',
    'alpine 3.23',
    'alpine 3.24',
    'debian bookworm',
    'debian trixie',
    'ubuntu 24.04',
    'ubuntu 26.04',
  ]);
});

test('PHP on a release is found, with the other versions of that release', () => {
  expect(phpOn(catalog, { platform: 'debian', release: 'trixie', php: '8.4' })?.origin).toBe('archive');
  expect(phpOn(catalog, { platform: 'alpine', release: '3.24', php: '7.4' })).toBeUndefined();
  expect(phpVersionsOn(catalog, { platform: 'alpine', release: '3.24' })).toEqual(['8.3', '8.4', '8.5']);
  expect(phpVersionsOn(catalog, { platform: 'alpine', release: '3.99' })).toEqual([]);
});

test('releases without an extension are left out', () => {
  expect(releasesWithExtension(catalog, '8.5', 'swoole')).toEqual([{ platform: 'alpine', release: '3.24' }]);
});

test('an extension can be had if it is packaged or compiled in, and not if it is null or unknown', () => {
  const php = somePhp({ intl: 'some-intl', json: true, pcntl: 'cli', imap: null });
  expect(extensionsOf(php)).toEqual(['intl', 'json', 'pcntl']);
  expect(hasExtension(php, 'imap')).toBe(false);
  expect(hasExtension(php, 'toString')).toBe(false);
});

test.each([
  ['mysql_pdo', []],
  ['pdo-mysql', ['pdo_mysql']],
  ['PDO_MYSQL', ['pdo_mysql']],
  ['ext-redis', ['redis']],
  ['rediss', ['redis']],
  ['quite-something-else', []],
])('the names nearest to %s are %j', (name, nearest) => {
  const php = somePhp({ pdo_mysql: 'a', redis: 'b', json: true, imap: null });
  expect(nearestExtensions(php, name)).toEqual(nearest);
});

test('at most three names are near, the nearest first, then by code point', () => {
  const php = somePhp({ abcd4: 'a', abcd2: 'b', abcd3: 'c', abcd: 'd' });
  expect(nearestExtensions(php, 'abc')).toEqual(['abcd']);
  expect(nearestExtensions(php, 'abcd')).toEqual(['abcd', 'abcd2', 'abcd3']);
});
