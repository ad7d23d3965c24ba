import type { Subject } from './output';
import { ImageConstruct, Testing, type ImageProps } from '../../../src';

const RELEASES = [
  { platform: 'alpine', release: '3.16', php: '8.0' },
  { platform: 'alpine', release: '3.24', php: '8.4' },
  { platform: 'debian', release: 'bookworm', php: '8.2' },
  { platform: 'debian', release: 'trixie', php: '8.4' },
  { platform: 'ubuntu', release: '22.04', php: '8.1' },
  { platform: 'ubuntu', release: '24.04', php: '8.3' },
] as const;

type Php = Exclude<ImageProps['php'], string>;
type Variant = Omit<ImageProps, 'php' | 'platform' | 'release' | 'architectures'> & {
  readonly php?: Omit<Php, 'version'>;
};

const TLS = { certificate: '/run/secrets/tls.crt', key: '/run/secrets/tls.key', port: 8443 };

/** Settings whose text PHP's ini scanner could take for something else. */
const INI = {
  'arg_separator.output': '&amp',
  default_charset: 'UTF-8',
  error_reporting: 'E_ERROR & ~E_DEPRECATED',
  include_path: '.:/usr/share/php',
  'mail.add_x_header': false,
  precision: -1,
  sendmail_from: 'none',
  'session.name': 'SHOPID',
  unserialize_callback_func: '',
  user_agent: 'shop/1.0 (+https://example.com, ~all & more | none) = !',
};

/** What PHP has to arrive at for them, as `ini_get` tells it. */
export const INI_AS_PHP_SEES_IT: Readonly<Record<string, string>> = {
  'arg_separator.output': '&amp',
  default_charset: 'UTF-8',
  error_reporting: '1',
  include_path: '.:/usr/share/php',
  'mail.add_x_header': '',
  precision: '-1',
  sendmail_from: 'none',
  'session.name': 'SHOPID',
  unserialize_callback_func: '',
  user_agent: 'shop/1.0 (+https://example.com, ~all & more | none) = !',
};

/** What the reference matrix does not ask for. */
const VARIANTS: Readonly<Record<string, Variant>> = {
  tls: { nginx: { tls: TLS } },
  'tls-with-names': { nginx: { tls: TLS, serverNames: ['www.example.com', '*.example.com'] } },
  names: { nginx: { serverNames: ['example.com', 'www.example.com', '*.example.org'] } },
  proxies: { nginx: { trustedProxies: ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::1'] } },
  'entry-points': {
    nginx: { entryPoints: ['/index.php', '/api/index.php', '/wp-login.php', '/wp-admin/admin-ajax.php'] },
  },
  'no-gzip': { nginx: { gzip: false } },
  'odd-ports': { nginx: { port: 80, statusPort: 65_535, tls: { ...TLS, port: 443 } } },
  limits: {
    nginx: {
      workerProcesses: 3,
      workerConnections: 512,
      clientMaxBodySize: '1G',
      keepaliveTimeout: 5,
      requestTimeout: 900,
    },
    php: {
      postMaxSize: '1G',
      uploadMaxFilesize: '1G',
      memoryLimit: '2G',
      maxExecutionTime: 600,
      fpm: { requestTimeout: 900 },
    },
    s6: { stopTimeout: 1000, maxDeaths: 1 },
  },
  headers: {
    nginx: {
      headers: { 'Content-Security-Policy': "default-src 'self'; img-src * data:", 'X-Empty': '', 'X-Number': '1' },
    },
  },
  'one-more-header': { nginx: { headers: { 'X-Only': 'one' } } },
  counted: {
    nginx: { limits: { connections: 16, requestsPerSecond: 20 }, methods: ['GET', 'PROPFIND', 'VERSION-CONTROL'] },
  },
  'no-uploads': {
    php: { uploads: false, grants: [{ function: 'proc_open', reason: 'thumbnails by another program' }] },
  },
  'pool-static': { php: { fpm: { processManager: 'static', maxChildren: 1, maxRequests: 1 } } },
  'pool-ondemand': { php: { fpm: { processManager: 'ondemand', maxChildren: 500 } } },
  ini: { php: { timezone: 'Europe/Prague', validateTimestamps: true, ini: INI } },
  jit: { php: { jit: 'tracing' } },
};

/** The variants on several releases, synthesized in memory through the public API. */
export function variantSubjects(): Subject[] {
  const app = Testing.app();
  const asked = RELEASES.flatMap(({ platform, release, php }) =>
    Object.entries(VARIANTS).map(([name, { php: phpProps, ...rest }]) => ({
      id: `${name}-${platform}-${release}`,
      platform,
      release,
      php,
      phpProps,
      rest,
    })),
  );
  for (const { id, platform, release, php, phpProps, rest } of asked) {
    new ImageConstruct(app, id, {
      ...rest,
      platform,
      release,
      php: { ...phpProps, version: php },
      architectures: ['amd64'],
    });
  }
  const { paths, file } = Testing.synth(app);
  return asked.map(({ id, platform, release, php }) => ({
    name: id,
    platform,
    release,
    php,
    context: new Map(
      paths
        .filter((path) => path.startsWith(`${id}/amd64/`))
        .map((path) => [path.slice(`${id}/amd64/`.length), file(path)]),
    ),
  }));
}
