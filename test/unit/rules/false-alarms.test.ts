import { soundImage } from './support';
import { Catalog, DebianPlatform, Testing, type ImagePart, type ImageProps, type Problem } from '../../../src';
import { OwnPart } from '../image/support';

/** Ids of the groups that this file is about. */
const GROUPS = /^(?:IMG|DF|SC)-/;

/** What the rules have against an image that is unusual and sound. */
function alarms(props: Partial<ImageProps>, contribute: (part: ImagePart) => void = () => undefined): Problem[] {
  const app = Testing.app();
  const shop = soundImage(app, props);
  new OwnPart(shop, 'own', contribute);
  return Testing.problems(app).filter(({ what }) => GROUPS.test(what) || !/^[A-Z]+-\d/.test(what));
}

const IMAGES: ReadonlyArray<readonly [string, Partial<ImageProps>]> = [
  [
    'TLS',
    {
      nginx: {
        serverNames: ['shop.example.com'],
        tls: { certificate: '/tls/tls.crt', key: '/tls/tls.key', port: 8443 },
      },
    },
  ],
  ['a port below 1024', { nginx: { port: 80 } }],
  [
    'trusted proxies and names',
    { nginx: { serverNames: ['*.example.com'], trustedProxies: ['10.0.0.0/8', '2001:db8::/32'] } },
  ],
  ['several entry points', { nginx: { entryPoints: ['/index.php', '/admin/index.php'] } }],
  ['static files that are kept', { nginx: { staticMaxAge: 3600, gzip: false } }],
  ['a user of one’s own', { security: { user: 'app', group: 'app', uid: 54_321, gid: 54_322 } }],
  ['volumes', { volumes: ['/data', '/srv/uploads'] }],
  ['cron', { s6: { crontab: [{ name: 'clean', schedule: '@hourly', command: ['php', '/var/www/html/clean.php'] }] } }],
  ['workers that are static', { php: { version: '8.4', fpm: { processManager: 'static', maxChildren: 4 } } }],
];

test.each(IMAGES)('an image with %s passes', (_, props) => {
  expect(alarms(props)).toEqual([]);
});

const ALL = ['alpine', 'debian', 'ubuntu'].flatMap((platform) =>
  (['overlay', 'distribution'] as const).flatMap((source) =>
    ['7.4', '8.1', '8.5'].map((php) => [platform, source, php] as const),
  ),
);

test.each(ALL)('an image of %s with s6 of the %s and PHP %s passes', (platform, source, php) => {
  const problems = alarms({ platform, php, architectures: ['amd64', 'arm64'], s6: { source } });
  // Ubuntu has releases without s6, which is told before any rule is asked.
  expect(problems.filter(({ what }) => GROUPS.test(what))).toEqual([]);
});

const PARTS: ReadonlyArray<readonly [string, (part: ImagePart) => void]> = [
  ['a package', (part) => part.addPackage('imagemagick')],
  ['a port', (part) => part.addPort(9100)],
  [
    'variables that only look like secrets',
    (part) => {
      part.addEnvironment('APP_PUBLIC_KEY', 'MCowBQYDK2VwAyEA');
      part.addEnvironment('AUTHOR', 'me');
      part.addEnvironment('KEYSPACE', 'shop');
      part.addEnvironment('COMMIT', '9fceb02d0ae598e95dc970b74767f19372d61af8');
      part.addEnvironment('DATABASE_URL', 'mysql://db.example.com:3306/shop?charset=utf8mb4');
    },
  ],
  [
    'a certificate',
    (part) =>
      part.addFile({
        target: '/etc/ssl/own-ca.pem',
        content: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
      }),
  ],
  [
    'a configuration with places for secrets',
    (part) =>
      part.addFile({
        target: '/etc/app/env',
        content: 'DB_PASSWORD=${DB_PASSWORD}\nAPI_TOKEN=\nSECRET_FILE=/run/secrets/app\n# TOKEN\n',
      }),
  ],
  [
    'a link and a cache',
    (part) =>
      part.addBuildStep({
        name: 'warm-up',
        script:
          'cd "$rootfs"\nmkdir -p srv\nln -s /data "$rootfs/srv/storage"\nchmod 0755 "$rootfs/srv"\nls | sort >/dev/null\n',
      }),
  ],
  [
    'a directory of the server',
    (part) => {
      part.addWritablePath({
        path: '/var/spool/own',
        kind: 'volume',
        exec: false,
        mode: '2770'.slice(1),
        purpose: 'a queue',
      });
      part.addBuildStep({
        name: 'own',
        script: 'chown -R 10001:0 "$rootfs/var/spool/own"\nchmod -R g+w "$rootfs/var/spool/own"\n',
      });
    },
  ],
  [
    'a tool that a build needs',
    (part) =>
      part.addBuildStep({
        name: 'compile',
        script:
          'apt-get update\napt-get install -y --no-install-recommends gcc\nrm -rf /var/lib/apt/lists/*\ngcc --version\n',
      }),
  ],
  [
    'a download that is checked',
    (part) =>
      part.addBuildStep({
        name: 'fetch',
        script: `curl -fsSLo /tmp/a https://example.com/a\necho "${'a'.repeat(64)}  /tmp/a" | sha256sum -c -\n`,
      }),
  ],
  [
    'a time of the build’s epoch',
    (part) => part.addBuildStep({ name: 'stamp', script: 'date -u -d "@$SOURCE_DATE_EPOCH" >"$rootfs/etc/stamp"\n' }),
  ],
  [
    'a script that asks a service and the clock when it runs',
    (part) => {
      part.addFile({
        target: '/usr/local/bin/own',
        executable: true,
        content:
          '#!/bin/sh\ncase "$1" in su | sudo) exit 1 ;; esac\ndate -u\nexec wget -qO- http://127.0.0.1:9100/metrics\n',
      });
      part.addLongRun({ name: 'own', command: ['/usr/local/bin/own', 'x'] });
    },
  ],
];

test.each(PARTS)('an image with %s of one’s own passes', (_, contribute) => {
  expect(alarms({}, contribute)).toEqual([]);
});

test('an image from a mirror that the catalogue names passes, with a remark in its Dockerfile', () => {
  // GIVEN
  const shipped = Catalog.shipped();
  const release = shipped.release('debian', 'trixie')!;
  const base = { ...release.base, repository: 'registry.example.com:5000/mirror/debian' };
  const platform = new DebianPlatform(shipped.with({ releases: { debian: [{ ...release, base }] } }));
  const app = Testing.app();
  soundImage(app, { platform }).patchFile('Dockerfile', (text) => `${text}# a remark\n`);
  // THEN
  expect(Testing.synth(app).file('shop/amd64/Dockerfile')).toContain('FROM registry.example.com:5000/mirror/debian:');
});
