import { refusals, soundImage } from './support';
import { Testing, type ImageConstruct, type ImageProps } from '../../../src';

const TLS = { certificate: '/run/secrets/tls.crt', key: '/run/secrets/tls.key', port: 8443 };
const NAMES = ['shop.example.com', '*.example.org'];

/** What the groups nginx and php say of an image; other groups have tests of their own. */
function told(build: (image: ImageConstruct) => void, props: Partial<ImageProps> = {}): string[] {
  const app = Testing.app();
  build(soundImage(app, props));
  return Testing.problems(app)
    .map(({ what }) => what)
    .filter((what) => /^(?:NGX|PHP)-|could not/.test(what));
}

const SOUND: Readonly<Record<string, Partial<ImageProps>>> = {
  'hosts by name': { nginx: { serverNames: NAMES } },
  TLS: { nginx: { tls: TLS } },
  'TLS with hosts by name': { nginx: { tls: TLS, serverNames: NAMES } },
  'TLS, a key of a volume and a short promise': {
    nginx: { tls: { ...TLS, key: '/data/tls.key' }, headers: { 'Strict-Transport-Security': 'max-age=300' } },
  },
  'several entry points below a root of one’s own': {
    nginx: { documentRoot: '/srv/app', entryPoints: ['/index.php', '/wp-admin/admin-ajax.php'] },
  },
  'brotli, static files that stay, proxies': {
    nginx: { brotli: true, staticMaxAge: 86_400, trustedProxies: ['10.0.0.0/8', '2001:db8::/32'] },
  },
  'limits at their ends': {
    nginx: { keepaliveTimeout: 650, limits: { connections: 65_536, requestsPerSecond: 100_000 } },
  },
  'ports below 1024': { nginx: { port: 80, tls: { ...TLS, port: 443 } } },
  'no uploads, and grants': {
    php: {
      version: '8.4',
      uploads: false,
      grants: [
        { function: 'exec', reason: 'conversion of documents' },
        { setting: 'allow_url_fopen', reason: 'a library reads feeds by file functions' },
        { setting: 'session.cookie_secure', reason: 'a network without TLS' },
      ],
    },
  },
  'settings of extensions that nobody here knows': {
    php: { version: '8.4', ini: { 'newrelic.appname': 'shop', 'opcache.preload': '/var/www/html/preload.php' } },
  },
  'open_basedir by choice': { php: { version: '8.4', ini: { open_basedir: '/var/www/html/:/tmp/' } } },
};

test.each(Object.entries(SOUND))('%s', (_, props) => {
  expect(told(() => undefined, props)).toEqual([]);
});

test.each(
  ['alpine', 'debian', 'ubuntu'].flatMap((platform) =>
    ['7.4', '8.0', '8.1', '8.2', '8.3', '8.4', '8.5'].map((php) => [platform, php]),
  ),
)('%s with PHP %s, whatever is said of TLS and hosts', (platform, php) => {
  for (const nginx of [{}, { serverNames: NAMES }, { tls: TLS }, { tls: TLS, serverNames: NAMES }]) {
    expect(told(() => undefined, { platform, php, nginx })).toEqual([]);
  }
});

/** Text in the server of the application. */
const within = (text: string) => (image: ImageConstruct) =>
  image.patchFile('nginx.conf', (conf) => conf.replace('  root /var/www/html/public;', `$&\n    ${text}`));

test.each([
  ['an alias with a slash at both ends', 'location /files/ { alias /data/files/; }'],
  ['an exact alias', 'location = /favicon.ico { alias /data/icons/favicon.ico; }'],
  ['a redirect to the path as it came', 'location = /old { return 301 https://$host$request_uri; }'],
  ['a redirect with a capture that holds no line break', 'location ~ ^/v1/([a-z]+)$ { return 301 /v2/$1; }'],
  ['a rewrite within', 'rewrite ^/v1/(.*)$ /v2/$1 last;'],
  [
    'a host that is named by a constant',
    'set $api api.internal; location /api/ { proxy_set_header Proxy ""; proxy_pass http://$api:3000; }',
  ],
  [
    'a path that goes on to another host',
    'location /api/ { proxy_set_header Proxy ""; proxy_pass http://127.0.0.1:3000$request_uri; }',
  ],
  ['a resolver of the own network', 'resolver 127.0.0.11 valid=10s ipv6=off;'],
  ['an if that returns', 'if ($http_user_agent ~* badbot) { return 403; }'],
  [
    'a header beside all others',
    'location /api/ { include /etc/nginx/security-headers.conf; add_header X-Api 2 always; }',
  ],
  ['a quiet exact location', 'location = /robots.txt { access_log off; log_not_found off; }'],
  ['a comment with a directive in it', '# autoindex on; user root;\n'],
  ['quoted names', '"client_body_timeout" "5s";'],
  ['a cache on a volume', 'location = /nothing { fastcgi_cache off; }'],
])('%s', (_, text) => {
  expect(told(within(text))).toEqual([]);
});

test('an included file of the image is read where it is included', () => {
  const build = (content: string) => (image: ImageConstruct) => {
    image.addFile({ target: '/etc/nginx/own.conf', content });
    within('include /etc/nginx/own.conf;')(image);
  };
  expect(told(build('location = /a { return 204; }\n'))).toEqual([]);
  expect(told(build('location /a { autoindex on; }\n')).join()).toContain('directories are listed');
  expect(told(build('include /etc/nginx/own.conf;\n')).join()).toContain('is no single file of the image');
});

test('a second pool that is as hard as the first is sound', () => {
  const second = (image: ImageConstruct) =>
    image.patchFile('php-fpm.conf', (text) => {
      const pool = text.slice(text.indexOf('[www]')).replace(/^include.*$/m, '');
      return `${text}\n${pool
        .replace('[www]', '[second]')
        .replace('php-fpm.sock', 'second.sock')
        .replace('pm.max_children = 10', 'pm.max_children = 1')
        .replace(/^(?:pm\.(?:max_spare|min_spare|start)_servers|pm) = .*$/gm, '')}pm = static\n`;
    });
  expect(
    told(second, { php: { version: '8.4', fpm: { maxChildren: 9 } } }).filter((what) => !/workers may take/.test(what)),
  ).toEqual([]);
});

test('text that nginx could not read fails every rule of it', () => {
  const found = told((image) => image.patchFile('nginx.conf', (text) => `${text}}\n`));
  expect(found).toContainEqual(expect.stringContaining('NGX-009 could not be checked: line'));
});

test('a value of PHP over several lines is not taken for read', () => {
  const found = refusals({
    rule: 'PHP-001',
    build: (app) =>
      soundImage(app).patchFile('php-fpm.conf', (text) => `${text}php_value[x] = "\ndisplay_errors = off\n"\n`),
  });
  expect(found[0]!.what).toContain('could not be checked');
});
