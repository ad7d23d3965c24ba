import {
  Application,
  Catalog,
  DebianPlatform,
  type ApplicationProps,
  type Certainty,
  type ImageConfig,
  type ImageProps,
  type Manifest,
  type PhpFacts,
  type ReleaseFacts,
} from '../../../src';
import { describeImage } from '../../../src/image';
import { manifestImage } from '../../../src/synth/manifest-image';
import { OwnPart, shopApp } from '../image/support';

type ManifestImage = Manifest['images'][string];

const shipped = Catalog.shipped();
const trixie = shipped.release('debian', 'trixie')!;

interface Asked {
  readonly props?: Partial<ImageProps>;
  readonly release?: Partial<ReleaseFacts>;
  readonly catalog?: Catalog;
  readonly application?: Partial<ApplicationProps>;
  readonly contribute?: (part: OwnPart) => void;
}

/** The manifest of `shop`, on a Debian of which other facts are known. */
function manifestOf({ props, release, catalog = shipped, application, contribute }: Asked = {}): ManifestImage {
  const platform = new DebianPlatform(catalog.with({ releases: { debian: [{ ...trixie, ...release }] } }));
  const { shop } = shopApp({ platform, release: 'trixie', ...props });
  if (application) {
    new Application(shop, 'application', { paths: ['public'], ...application });
  }
  new OwnPart(shop, 'own', contribute ?? (() => undefined));
  return manifestImage(shop, describeImage(shop), application && '../code');
}

function phpOf(version: string, facts: Partial<PhpFacts>): Partial<ReleaseFacts> {
  return { php: { ...trixie.php, [version]: { ...trixie.php[version]!, ...facts } } };
}

describe('the manifest of an image', () => {
  it('tells what was configured', () => {
    const tls = { certificate: '/tls/crt', key: '/tls/key', port: 8443 };
    const nginx = {
      tls,
      documentRoot: '/var/www/html/web',
      entryPoints: ['/app.php', '/admin.php'],
      serverNames: ['shop.example'],
      trustedProxies: ['10.0.0.0/8'],
    };
    const manifest = manifestOf({ props: { nginx, security: { uid: 5001, gid: 5002 }, volumes: ['/data'] } });
    expect(manifest).toMatchObject({ ...nginx, user: '5001:5002', ports: [8080, 8443], supervisor: 'distribution' });
    expect(manifest.writablePaths).toEqual([
      { path: '/data', kind: 'volume', exec: false, mode: '0770' },
      { path: '/run', kind: 'tmpfs', exec: false, mode: '0775' },
      { path: '/tmp', kind: 'tmpfs', exec: false, mode: '1777' },
    ]);
  });

  it('says nothing of what an image does not have', () => {
    const manifest = manifestOf();
    expect(['application', 'port', 'services', 'tls'].filter((key) => key in manifest)).toEqual([]);
    expect(manifest).toMatchObject({ grants: [], serverNames: [], trustedProxies: [], packageSource: 'live' });
  });

  it('has PHP’s extensions by code point, those of the command line too', () => {
    const extensions = { ...trixie.php['8.4']!.extensions, zip: 'cli', ctype: 'cli' } as const;
    const { php } = manifestOf({
      props: { php: { version: '8.4', extensions: ['zip', 'json', 'ctype'], uploads: false } },
      release: phpOf('8.4', { extensions }),
    });
    expect(php).toEqual({
      version: '8.4',
      endOfLife: shipped.lifecycle('8.4')!.securitySupportEnd,
      extensions: ['ctype', 'json', 'zip'],
      uploads: false,
      cliOnlyExtensions: ['ctype', 'zip'],
    });
  });

  it('has no end of life of a PHP whose life is not known', () => {
    const catalog = Object.create(shipped.with({ releases: { debian: [trixie] } }), {
      lifecycle: { value: () => undefined },
    }) as Catalog;
    const { shop } = shopApp({ platform: new DebianPlatform(catalog) });
    expect(manifestImage(shop, describeImage(shop), undefined).php.endOfLife).toBeUndefined();
  });

  it('names the platform as it is known', () => {
    const { date, extended } = trixie.endOfLife;
    const platform = { name: 'debian', release: 'trixie', endOfLife: date, extendedSupport: extended };
    expect(manifestOf().platform).toEqual(platform);
  });

  it('names the port of HTTP where it is not the lowest one', () => {
    expect(manifestOf({ contribute: (part) => part.addPort(7000) })).toMatchObject({ ports: [7000, 8080], port: 8080 });
    expect(manifestOf({ contribute: (part) => part.addPort(9000) })).not.toHaveProperty('port');
  });

  it('lists the programs that constructs brought', () => {
    const { services } = manifestOf({
      contribute: (part) => part.addLongRun({ name: 'queue', command: ['/usr/bin/php', 'artisan'] }),
    });
    expect(services).toEqual([
      { name: 'queue', kind: 'longrun', command: ['/usr/bin/php', 'artisan'], usesApplication: true },
    ]);
  });

  it('has grants of functions and of settings, with their reasons', () => {
    const grants: ImageConfig['php']['grants'] = [
      { function: 'proc_open', reason: 'thumbnails by another program' },
      { setting: 'allow_url_fopen', reason: 'reads feeds by their addresses' },
    ];
    expect(manifestOf({ props: { php: { version: '8.4', grants } } }).grants).toEqual([
      { subject: 'proc_open', reason: 'thumbnails by another program' },
      { subject: 'allow_url_fopen', reason: 'reads feeds by their addresses' },
    ]);
  });

  it.each([
    ['of the distribution', {}, 'distribution'],
    ['of its makers', { composer: 'download' }, 'download'],
    ['not at all', { composer: false }, 'none'],
  ] as const)('tells of an application that has Composer %s', (_, application, composer) => {
    const files = composer === 'none' ? [] : ['composer.json', 'composer.lock'];
    const told = { directory: '../code', paths: [...files, 'public'], composer };
    expect(manifestOf({ application }).application).toEqual(told);
  });

  it('takes the directory of the manifest for that of an application of which no other is named', () => {
    const { shop } = shopApp();
    new Application(shop, 'application', { paths: ['public'] });
    expect(manifestImage(shop, describeImage(shop), undefined).application?.directory).toBe('.');
  });
});

describe('an architecture of the manifest', () => {
  const reference = `docker.io/library/debian:${trixie.base.tag}`;

  it.each(['amd64', 'arm64'] as const)('%s has its context, and its base by its own digest', (name) => {
    const { architectures } = manifestOf({ props: { architectures: ['amd64', 'arm64'] } });
    expect(Object.keys(architectures)).toEqual(['amd64', 'arm64']);
    expect(architectures[name]).toEqual({
      context: `shop/${name}`,
      platform: `linux/${name}`,
      base: { reference, digest: trixie.base.digests![name], kind: 'manifest' },
      downloads: [],
    });
  });

  it('has the base by the index where no other digest is known', () => {
    const { architectures } = manifestOf({ release: { base: { ...trixie.base, digests: undefined } } });
    expect(architectures.amd64!.base).toEqual({ reference, digest: trixie.base.index, kind: 'index-only' });
  });

  it('lists what its build downloads, each by its checksum', () => {
    // WHEN
    const { architectures } = manifestOf({
      props: { php: '8.3', s6: { source: 'overlay' }, architectures: ['arm64'] },
      application: {},
    });
    // THEN
    const { url, noarch, arch } = shipped.s6Overlay;
    const { key } = shipped.repository('sury')!;
    expect(architectures.arm64!.downloads).toEqual([
      { url: `${url}/${noarch.file}`, sha256: noarch.sha256 },
      { url: `${url}/${arch.arm64.file}`, sha256: arch.arm64.sha256 },
      { url: key.url, sha256: key.sha256 },
      { url: shipped.composer.url, sha256: shipped.composer.sha256 },
    ]);
  });
});

describe('the certainty of an image', () => {
  const inferred = { certainty: 'inferred' } as const;
  const composer = { ...trixie.composer!, ...inferred };
  const overlay = shipped.with({ s6Overlay: { ...shipped.s6Overlay, ...inferred } });
  const download = shipped.with({ composer: { ...shipped.composer, ...inferred } });
  // Of a repository the names of packages have a certainty of their own.
  const php = phpOf('8.3', { certainty: 'unverified', extensionsCertainty: 'verified' });

  it.each<readonly [string, Certainty, Asked]>([
    ['that of all, where it is the same', 'verified', {}],
    ['that of its base', 'inferred', { release: { base: { ...trixie.base, ...inferred } } }],
    ['that of a package', 'inferred', { release: { nginx: { ...trixie.nginx, ...inferred } } }],
    ['that of its PHP', 'unverified', { release: php, props: { php: '8.3' } }],
    [
      'the worst of several',
      'unverified',
      { release: { ...php, base: { ...trixie.base, ...inferred } }, props: { php: '8.3' } },
    ],
    ['that of s6-overlay', 'inferred', { catalog: overlay, props: { s6: { source: 'overlay' } } }],
    ['not that of an s6-overlay that it does not have', 'verified', { catalog: overlay }],
    ['not that of what a person names', 'verified', { contribute: (part) => part.addPackage('jq') }],
    ['that of the Composer of the distribution', 'inferred', { release: { composer }, application: {} }],
    ['not that of a Composer without an application', 'verified', { release: { composer } }],
    ['not that of a Composer that the release does not have', 'verified', { release: { composer: undefined } }],
    [
      'not that of a Composer that an application does not want',
      'verified',
      { release: { composer }, application: { composer: false } },
    ],
    ['that of a downloaded Composer', 'inferred', { catalog: download, application: { composer: 'download' } }],
    [
      'not that of the Composer that is not taken',
      shipped.composer.certainty,
      { release: { composer }, application: { composer: 'download' } },
    ],
    ['not that of a Composer that is not downloaded', 'verified', { catalog: download, application: {} }],
  ])('is %s: %s', (_, certainty, asked) => {
    expect(manifestOf(asked).certainty).toBe(certainty);
  });
});
