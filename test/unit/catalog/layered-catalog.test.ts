import { somePhp, somePlatform, someRelease } from './fixtures';
import { Catalog } from '../../../src/catalog/catalog';

const LIFE = {
  released: '2029-01-01',
  activeSupportEnd: '2030-01-01',
  securitySupportEnd: '2031-01-01',
  certainty: 'verified',
  sources: ['a test'],
} as const;

test('a platform and its releases are added, and the shipped catalogue stays as it is', () => {
  // GIVEN
  const shipped = Catalog.shipped();
  // WHEN
  const catalog = shipped.with({ platforms: [somePlatform()], releases: { some: [someRelease()] } });
  // THEN
  expect(catalog.platforms).toEqual(['alpine', 'debian', 'some', 'ubuntu']);
  expect(catalog.release('some', 'one')?.php['9.1']?.packages.fpm).toBe('some-fpm');
  expect(catalog.release('alpine', '3.24')).toBe(shipped.release('alpine', '3.24'));
  expect(shipped.platform('some')).toBeUndefined();
});

test('a release replaces the one of its name, and a new one comes after those that are listed', () => {
  // WHEN
  const catalog = Catalog.shipped().with({
    releases: { debian: [someRelease({ name: 'trixie' }), someRelease({ name: 'forky' })] },
  });
  // THEN
  expect(catalog.platform('debian')?.releases).toEqual(['bookworm', 'trixie', 'forky']);
  expect(catalog.release('debian', 'trixie')?.nginx.version).toBe('1.2.3');
  expect(catalog.release('debian', 'bookworm')).toBe(Catalog.shipped().release('debian', 'bookworm'));
});

test('the later of two layers stands before the earlier one', () => {
  const catalog = Catalog.shipped()
    .with({ releases: { debian: [someRelease({ name: 'forky', php: { '8.4': somePhp() } })] } })
    .with({ releases: { debian: [someRelease({ name: 'forky', php: { '8.5': somePhp() } })] } });
  expect(Object.keys(catalog.release('debian', 'forky')?.php ?? {})).toEqual(['8.5']);
  expect(catalog.platform('debian')?.releases).toEqual(['bookworm', 'trixie', 'forky']);
});

test('PHP versions are ordered as versions, not as text', () => {
  const catalog = Catalog.shipped().with({ lifecycles: { '8.10': LIFE, '8.6': LIFE } });
  expect(catalog.phpVersions.slice(-3)).toEqual(['8.5', '8.6', '8.10']);
  expect(catalog.lifecycle('8.10')).toBe(LIFE);
});

test('repositories, s6-overlay and nginx directives can be replaced', () => {
  // GIVEN
  const shipped = Catalog.shipped();
  const sury = shipped.repository('sury');
  if (sury === undefined) throw new Error('the shipped catalogue has no sury');
  // WHEN
  const catalog = shipped.with({
    repositories: [{ ...sury, url: 'https://mirror.invalid/php/' }],
    s6Overlay: { ...shipped.s6Overlay, version: '9.9.9.9' },
    nginxDirectives: { my_directive: '1.20.0' },
  });
  // THEN
  expect(catalog.repository('sury')?.url).toBe('https://mirror.invalid/php/');
  expect(catalog.s6Overlay.version).toBe('9.9.9.9');
  expect(catalog.nginxDirectiveSince('my_directive')).toBe('1.20.0');
  expect(catalog.nginxDirectiveSince('listen')).toBe('0');
});

test('releases for a platform of which nothing is known are refused, with the platforms that are known', () => {
  expect(() => Catalog.shipped().with({ releases: { fedora: [someRelease()] } })).toThrow(
    /'fedora'.*alpine, debian, ubuntu/s,
  );
});
