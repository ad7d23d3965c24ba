import { readerOf, somePlatform, someRelease } from './fixtures';
import { Catalog } from '../../../src/catalog/catalog';

const DATA = '../../../src/catalog/data';

test('the shipped catalogue knows three platforms and seven PHP versions, oldest first', () => {
  const catalog = Catalog.shipped();
  expect(catalog.platforms).toEqual(['alpine', 'debian', 'ubuntu']);
  expect(catalog.phpVersions).toEqual(['7.4', '8.0', '8.1', '8.2', '8.3', '8.4', '8.5']);
});

test('the shipped catalogue is the same value at every call', () => {
  expect(Catalog.shipped()).toBe(Catalog.shipped());
});

test.each([
  ['7.4', '3.15', '24.04', 'trixie'],
  ['8.0', '3.16', '24.04', 'trixie'],
  ['8.1', '3.19', '22.04', 'trixie'],
  ['8.2', '3.22', '24.04', 'bookworm'],
  ['8.3', '3.24', '24.04', 'trixie'],
  ['8.4', '3.24', '24.04', 'trixie'],
  ['8.5', '3.24', '26.04', 'trixie'],
])('PHP %s is based on alpine %s, ubuntu %s and debian %s', (php, alpine, ubuntu, debian) => {
  const catalog = Catalog.shipped();
  expect(catalog.platform('alpine')?.defaultRelease[php]).toBe(alpine);
  expect(catalog.platform('ubuntu')?.defaultRelease[php]).toBe(ubuntu);
  expect(catalog.platform('debian')?.defaultRelease[php]).toBe(debian);
});

test('a release is read only when it is asked for', () => {
  jest.isolateModules(() => {
    // GIVEN a release whose file must not be read
    jest.doMock(`${DATA}/ubuntu/22.04.json`, () => {
      throw new Error('this file was read');
    });
    const { Catalog: Isolated } = jest.requireActual<{ Catalog: typeof Catalog }>('../../../src/catalog/catalog');
    // WHEN another one is asked for, and the platform
    const catalog = Isolated.shipped();
    expect(catalog.platform('ubuntu')?.releases).toContain('22.04');
    expect(catalog.release('ubuntu', '24.04')?.codename).toBe('noble');
    // THEN only a question for that release reads its file
    expect(() => catalog.release('ubuntu', '22.04')).toThrow('this file was read');
  });
});

test.each(['../debian/trixie', 'index', '../php-lifecycle', '', 'constructor'])(
  'a release by the name %j is not found',
  (name) => {
    expect(Catalog.shipped().release('alpine', name)).toBeUndefined();
  },
);

test('names that every object inherits are not found', () => {
  const catalog = Catalog.shipped();
  expect(catalog.platform('constructor')).toBeUndefined();
  expect(catalog.lifecycle('toString')).toBeUndefined();
  expect(catalog.repository('constructor')).toBeUndefined();
  expect(catalog.nginxDirectiveSince('valueOf')).toBeUndefined();
  expect(catalog.nginxDirectiveSince('_sources')).toBeUndefined();
});

test('nginx directives are known with the version since which they exist', () => {
  const catalog = Catalog.shipped();
  expect(catalog.nginxDirectiveSince('http2')).toBe('1.25.1');
  expect(catalog.nginxDirectiveSince('ssl_reject_handshake')).toBe('1.19.4');
  expect(catalog.nginxDirectiveSince('keepalive_time')).toBe('1.19.10');
  expect(catalog.nginxDirectiveSince('fastcgi_pass')).toBe('0');
  expect(catalog.nginxDirectiveSince('brotli_types')).toBe('0');
  expect(catalog.nginxDirectiveSince('no_such_directive')).toBeUndefined();
});

test('the repository of Surý lets in the packages of PHP alone, by a key with an expiry', () => {
  const sury = Catalog.shipped().repository('sury');
  expect(sury?.pin).toEqual(['php*']);
  expect(sury?.key.expires).toBe('2028-02-04');
});

test('a catalogue can be made over any reader', () => {
  // GIVEN
  const catalog = Catalog.of(readerOf(somePlatform(), [someRelease()]));
  // THEN
  expect(catalog.platforms).toEqual(['some']);
  expect(catalog.release('some', 'one')?.nginx.package).toBe('nginx');
  expect(Catalog.of(catalog)).toBe(catalog);
});
