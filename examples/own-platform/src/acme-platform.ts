import { AptPlatform, Catalog, type PlatformFacts, type ReleaseFacts } from 'projen-nginx-php';

/** What Acme Linux is derived from: its packages are those of this release of Debian. */
const PARENT = 'trixie';

const shipped = Catalog.shipped();
const debian = shipped.release('debian', PARENT)!;

/** Acme Linux 1: Debian with a base image of its own, which a registry of the company has. */
const ACME_1: ReleaseFacts = {
  ...debian,
  name: '1',
  codename: PARENT,
  endOfLife: { date: '2028-06-30', certainty: 'single-source', sources: ['https://linux.acme.example/life'] },
  base: {
    repository: 'registry.acme.example/linux/base',
    tag: '1.4',
    digests: {
      amd64: `sha256:${'a1'.repeat(32)}`,
      arm64: `sha256:${'b2'.repeat(32)}`,
    },
    certainty: 'single-source',
    sources: ['https://linux.acme.example/releases/1.4'],
  },
};

const ACME: PlatformFacts = {
  name: 'acme',
  family: 'apt',
  releases: [ACME_1.name],
  defaultRelease: Object.fromEntries(Object.keys(debian.php).map((php) => [php, ACME_1.name])),
};

/** The facts about Acme Linux, beside all others. */
export const ACME_CATALOG = shipped.with({ platforms: [ACME], releases: { acme: [ACME_1] } });

/** Acme Linux: apt, and the supervisor of the distribution. */
export class AcmePlatform extends AptPlatform {
  constructor(catalog = ACME_CATALOG) {
    super('acme', catalog, { s6: { source: 'distribution' }, php: { timezone: 'Europe/Berlin' } });
  }
}
