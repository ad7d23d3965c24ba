import { Catalog, type InputLock } from '../../../src';
import { lockedCatalog, lockTextOf } from '../../../src/synth/locked-catalog';

const SHIPPED = Catalog.shipped();
const HASH = 'a'.repeat(64);
const DIGEST = `sha256:${HASH}`;

/** A lock that names nothing but what is given. */
function lock(inputs: Partial<InputLock> = {}): InputLock {
  return { version: 1, packages: 'live', bases: {}, keys: {}, ...inputs };
}

/** The shipped catalogue with such a lock over it. */
function locked(inputs?: Partial<InputLock>): Catalog {
  return lockedCatalog(SHIPPED, lock(inputs));
}

/** Everything that is asked of a catalogue in these tests. */
function told(catalog: Catalog): unknown {
  return {
    platforms: catalog.platforms,
    phpVersions: catalog.phpVersions,
    s6Overlay: catalog.s6Overlay,
    composer: catalog.composer,
    platform: [catalog.platform('debian'), catalog.platform('plan9')],
    release: [catalog.release('debian', 'trixie'), catalog.release('debian', 'sarge')],
    lifecycle: [catalog.lifecycle('8.4'), catalog.lifecycle('4.0')],
    repository: [catalog.repository('sury'), catalog.repository('archive')],
    directive: [catalog.nginxDirectiveSince('http2'), catalog.nginxDirectiveSince('frobnicate')],
  };
}

describe('a catalogue with a lock over it', () => {
  it('says what the catalogue says, where the lock says nothing', () => {
    expect(told(locked())).toEqual(told(SHIPPED));
    expect(told(locked({ endOfLife: {} }))).toEqual(told(SHIPPED));
  });

  it('knows no more than the catalogue, whatever the lock names', () => {
    // GIVEN
    const base = { repository: 'docker.io/library/debian', tag: 'sarge', index: DIGEST };
    const dates = { date: '2030-01-01' };
    const { url, sha256, fingerprint, expires } = SHIPPED.repository('sury')!.key;
    // WHEN
    const catalog = locked({
      bases: { 'debian sarge': base },
      endOfLife: { 'debian sarge': dates, 'php 4.0': dates },
      keys: { archive: { url, sha256, fingerprint, expires } },
    });
    // THEN
    expect(told(catalog)).toEqual(told(SHIPPED));
  });

  it('takes the downloads of the lock, and knows as well as before how sure they are', () => {
    // GIVEN
    const s6Overlay = { ...SHIPPED.s6Overlay, version: '9.9', noarch: { file: 'noarch.tar.xz', sha256: HASH } };
    const { version, url, noarch, arch } = s6Overlay;
    // WHEN
    const catalog = locked({
      s6Overlay: { version, url, noarch, arch },
      composer: { version: '9.9', url: 'https://example.com/composer.phar', sha256: HASH },
    });
    // THEN
    expect(catalog.s6Overlay).toEqual(s6Overlay);
    const composer = { version: '9.9', url: 'https://example.com/composer.phar', sha256: HASH };
    expect(catalog.composer).toEqual({ ...SHIPPED.composer, ...composer });
  });

  it('takes of a base nothing but its certainty from the catalogue: digests of the one go with no index of the other', () => {
    // GIVEN
    const release = SHIPPED.release('debian', 'trixie')!;
    const base = { repository: 'registry.example/debian', tag: 'mine', index: DIGEST };
    // WHEN
    const catalog = locked({ bases: { 'debian trixie': base } });
    // THEN
    const { certainty, sources } = release.base;
    expect(catalog.release('debian', 'trixie')).toEqual({ ...release, base: { ...base, certainty, sources } });
    expect(catalog.release('debian', 'bookworm')).toEqual(SHIPPED.release('debian', 'bookworm'));
  });

  it('takes all dates of a release from the lock, or none', () => {
    // GIVEN
    const release = SHIPPED.release('debian', 'trixie')!;
    // WHEN
    const catalog = locked({ endOfLife: { 'debian trixie': { date: '2031-01-01' } } });
    // THEN
    const { certainty, sources, extended } = release.endOfLife;
    expect(extended).toBeDefined();
    expect(catalog.release('debian', 'trixie')).toEqual({
      ...release,
      endOfLife: { date: '2031-01-01', certainty, sources },
    });
  });

  it.each([
    ['both', { date: '2031-01-01', active: '2030-01-01' }, '2030-01-01'],
    ['the last one alone', { date: '2031-01-01' }, SHIPPED.lifecycle('8.4')!.activeSupportEnd],
  ])('takes the days on which the support of a PHP ends from the lock: %s', (_, dates, activeSupportEnd) => {
    const catalog = locked({ endOfLife: { 'php 8.4': dates } });
    const life = { ...SHIPPED.lifecycle('8.4'), securitySupportEnd: '2031-01-01', activeSupportEnd };
    expect(catalog.lifecycle('8.4')).toEqual(life);
    expect(catalog.lifecycle('8.3')).toEqual(SHIPPED.lifecycle('8.3'));
  });

  it('takes the key of a repository from the lock', () => {
    // GIVEN
    const sury = SHIPPED.repository('sury')!;
    const key = { url: 'https://example.com/key', sha256: HASH, fingerprint: 'A'.repeat(40), expires: '2030-01-01' };
    // WHEN, THEN
    const { certainty, sources } = sury.key;
    expect(locked({ keys: { sury: key } }).repository('sury')).toEqual({
      ...sury,
      key: { ...key, certainty, sources },
    });
  });

  it('tells the text of its lock, where it lies over the shipped catalogue alone', () => {
    const inputs = { composer: { version: '9.9', url: 'https://example.com/composer.phar', sha256: HASH } };
    expect(lockTextOf(locked(inputs))).toBe(JSON.stringify(lock(inputs)));
    expect(lockTextOf(lockedCatalog(SHIPPED.with({}), lock(inputs)))).toBeUndefined();
    expect(lockTextOf(SHIPPED)).toBeUndefined();
  });
});
