import type { CatalogReader } from '../../../src/catalog/catalog';
import type { PhpFacts, PlatformFacts, ReleaseFacts } from '../../../src/catalog/facts';

const SOURCED = { certainty: 'verified', sources: ['a test'] } as const;

/** PHP facts with the given extensions. */
export function somePhp(extensions: PhpFacts['extensions'] = {}): PhpFacts {
  return {
    origin: 'archive',
    packages: { fpm: 'some-fpm', cli: 'some-cli' },
    paths: {
      fpmBinary: '/usr/sbin/some-fpm',
      cliBinary: '/usr/bin/some-php',
      fpmIni: '/etc/some/fpm.ini',
      cliIni: '/etc/some/cli.ini',
      configDir: '/etc/some',
    },
    extensions,
    ...SOURCED,
  };
}

/** Facts of a sound release. */
export function someRelease(facts: Partial<ReleaseFacts> = {}): ReleaseFacts {
  return {
    name: 'one',
    endOfLife: { date: '2030-01-31', ...SOURCED },
    base: { repository: 'docker.io/library/some', tag: '1', index: `sha256:${'a'.repeat(64)}`, ...SOURCED },
    nginx: { package: 'nginx', version: '1.2.3', brotli: [], ...SOURCED },
    system: { carried: [], programs: [], unpackers: [], installOnly: {} },
    php: { '9.1': somePhp() },
    ...facts,
  };
}

/** Facts of a sound platform. */
export function somePlatform(facts: Partial<PlatformFacts> = {}): PlatformFacts {
  return { name: 'some', family: 'apk', defaultRelease: {}, releases: ['one'], ...facts };
}

/** A reader of one platform with the given releases, and of nothing else. */
export function readerOf(platform: PlatformFacts, releases: readonly ReleaseFacts[]): CatalogReader {
  const hash = 'b'.repeat(64);
  const life = { released: '2029-01-01', activeSupportEnd: '2030-01-01', securitySupportEnd: '2031-01-01', ...SOURCED };
  return {
    platforms: [platform.name],
    phpVersions: ['9.1'],
    platform: (name) => (name === platform.name ? platform : undefined),
    release: (name, release) => (name === platform.name ? releases.find((facts) => facts.name === release) : undefined),
    lifecycle: (php) => (php === '9.1' ? life : undefined),
    repository: () => undefined,
    s6Overlay: {
      version: '1.2.3',
      url: 'https://example.invalid/v1.2.3',
      noarch: { file: 'noarch', sha256: hash },
      arch: { amd64: { file: 'amd64', sha256: hash }, arm64: { file: 'arm64', sha256: hash } },
      ...SOURCED,
    },
    composer: { version: '1.2.3', url: 'https://example.invalid/composer.phar', sha256: hash, ...SOURCED },
    nginxDirectiveSince: (directive) => (directive === 'listen' ? '0' : undefined),
  };
}
