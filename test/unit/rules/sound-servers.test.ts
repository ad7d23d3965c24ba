import { edited } from './false-alarms';
import { refusals, soundImage } from './support';
import { Testing, type ImageConstruct, type ImageProps } from '../../../src';

const TLS = { certificate: '/run/secrets/tls.crt', key: '/run/secrets/tls.key', port: 8443 };
const NAMES = ['shop.example.com', '*.example.org'];
const OVER_TLS: Partial<ImageProps> = { nginx: { tls: TLS } };
const LIMITED: Partial<ImageProps> = { nginx: { limits: { requestsPerSecond: 20 } } };

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
  ['a redirect with a capture of no white space', 'location ~ ^/v1/([^/\\s]+)$ { return 301 /v2/$1; }'],
  ['a redirect with a capture of no line break', 'location ~ ^/v1/([^/\\n]+)$ { return 301 /v2/$1; }'],
  ['a redirect with a capture of one line, as it is read', 'location ~ "^/v1/([^/\n]+)$" { return 301 /v2/$1; }'],
  ['a redirect to what a link adds', 'location = /go { return 302 /to?next=$arg_next; }'],
  ['a redirect below a path that a link names', 'location = /go { return 302 https://$host/$arg_next; }'],
  ['an answer that repeats what was asked', 'location = /go { return 403 $arg_next; }'],
  ['a test of the origin that is closed', 'if ($http_origin !~ "^https://shop\\.de$") { return 403; }'],
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
  ['files that only the application hands out', 'location ^~ /handed-out/ { internal; alias /data/handed-out/; }'],
  ['files that nobody gets', 'location ^~ /private/ { deny all; }'],
  [
    'a program beside, before any expression',
    'location ^~ /api/ { proxy_set_header Proxy ""; proxy_pass http://[::1]:3000; }',
  ],
  ['a redirect before any expression', 'location ^~ /old/ { return 301 https://$host/new/; }'],
  ['an exact location with a directory', 'location = /files { alias /data/files/; }'],
  ['headers that are merged', 'location /api/ { add_header_inherit merge; add_header X-Api 2 always; }'],
  ['headers that are taken from around, in so many words', 'location /api/ { add_header_inherit on; }'],
  ['limits that are kept, in so many words', 'limit_conn_dry_run off; limit_req_dry_run off;'],
  ['one request at a time', 'limit_conn connections 1;'],
  ['nothing of WebDAV', 'dav_methods off;'],
  ['no early data, in so many words', 'ssl_early_data off;'],
  ['ciphers of TLS 1.3 by name', 'ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;'],
  ['a header of PHP that tells no version', 'fastcgi_pass_header X-Accel-Buffering;'],
  ['timeouts at their lower ends', 'client_body_timeout 1s; send_timeout 1000ms; keepalive_timeout 5;'],
  ['headers at their largest', 'client_header_buffer_size 4k; large_client_header_buffers 64 8k;'],
  ['a unix socket besides', 'listen unix:/run/nginx.sock;'],
  ['a port of this machine besides', 'listen 127.0.0.1:9000; listen [::1]:9000; listen localhost:9001;'],
  ['a resolver of a network of containers, by name', 'resolver dns valid=10s;'],
  [
    'an origin by name',
    'location /api/ { include security-headers.conf; add_header Access-Control-Allow-Origin https://shop.example.com; }',
  ],
  [
    'an origin that is sent back for a person to look at',
    'location /api/ { include security-headers.conf; add_header X-Seen-Origin $http_origin always; }',
  ],
  [
    'referers by name',
    'location /img/ { valid_referers server_names *.example.com; if ($invalid_referer) { return 403; } }',
  ],
  ['an origin that is tested from end to end', 'if ($http_origin !~ "^https://shop\\.example\\.com$") { return 403; }'],
  ['an origin without TLS, or with it', 'if ($http_origin !~* ^https?://shop\\.internal$) { return 403; }'],
  ['an origin in a network without TLS', 'if ($http_origin !~ ^http://shop\\.internal$) { return 403; }'],
  ['a test of another header', 'if ($http_referer_policy ~ unsafe) { return 403; }'],
  ['gRPC', 'location /grpc/ { grpc_set_header Proxy ""; grpc_pass grpc://127.0.0.1:50051; }'],
  ['memcached', 'location /pages/ { set $memcached_key $request_uri; memcached_pass 127.0.0.1:11211; }'],
])('%s', (_, text) => {
  expect(told(within(text))).toEqual([]);
});

/** Text that holds for all servers. */
const forAll = (text: string) => (image: ImageConstruct) =>
  image.patchFile('nginx.conf', (conf) => conf.replace('  sendfile on;', `$& ${text}`));

test.each([
  [
    'origins that are tested from end to end',
    `map $http_origin $cors { default ""; https://example.org $http_origin; ${[
      '~^https://shop\\.example\\.com$',
      '~*^https?://(?:a|b)\\.example\\.com$',
      '~^http://shop\\.internal/',
      '~^https?://x\\.internal/',
    ]
      .map((origin) => `${origin} $http_origin;`)
      .join(' ')} }`,
  ],
  [
    'origins that are one part of what is tested',
    'map "$request_method $http_origin" $preflight { "~^OPTIONS " 1; default 0; } ' +
      'map "$http_origin $request_method" $posted { "~ POST$" 1; default 0; }',
  ],
  ['a group of servers that PHP has nothing to do with', 'upstream api { server 10.0.0.7:3000; }'],
  ['a cache of pages on a volume', 'proxy_cache_path /data/pages keys_zone=pages:1m;'],
])('%s, for all servers', (_, text) => {
  expect(told(forAll(text))).toEqual([]);
});

/** Changes of nginx.conf that leave it as hard as it was. */
test.each<readonly [string, string | RegExp, string, Partial<ImageProps>]>([
  ['one process to look after others, in so many words', 'daemon off;', 'daemon OFF; master_process on;', {}],
  [
    'methods, with spaces in the test',
    /\(\$request_method !~ .*\)(?= \{)/,
    '( $request_method !~ ^(?:GET|POST)$ )',
    {},
  ],
  ['methods in groups', /!~ .*\)(?= \{)/, '!~ ^(?:GET|HEAD|(?:POST|PUT))$)', {}],
  [
    'methods that end with a parenthesis',
    /\(\$request_method !~ .*\)(?= \{)/,
    '( $request_method !~ ^(?:GET$|POST$) )',
    {},
  ],
  ['methods, with one that is none in small letters', /!~ .*\)(?= \{)/, '!~ ^(?:GET|POST|trace)$)', {}],
  ['requests that are limited, the burst first', 'zone=requests burst=20', 'burst=20 zone=requests', LIMITED],
  ['the host without its port', '$host$port_of_host;', '$host;', { nginx: { serverNames: NAMES } }],
  [
    'an application that is asked on this machine, too',
    'listen 8080;',
    '$& listen 127.0.0.1:9000;',
    { nginx: { serverNames: NAMES } },
  ],
  [
    'a promise to speak TLS with subdomains first',
    'max-age=',
    '"includeSubDomains; max-age=31536000"; off max-age=',
    OVER_TLS,
  ],
  ['a promise to speak TLS, the default first', 'on max-age=31536000;', 'default ""; $&', OVER_TLS],
  ['another map of TLS before', 'map $https $strict', 'map $https $port { on 8443; default 8080; } $&', OVER_TLS],
  [
    'ciphers by their names',
    /ssl_ciphers [^;]*;/,
    `ssl_ciphers ${[
      'TLS_AES_128_GCM_SHA256',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'DHE-RSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-CHACHA20-POLY1305',
      'ECDHE-ECDSA-AES256-CCM8',
      'ECDHE+AESCCM',
      '+ECDHE+AESGCM',
      '-DHE',
      '!aNULL',
      '@STRENGTH',
      '@SECLEVEL=2',
    ].join(':')};`,
    OVER_TLS,
  ],
])('%s, in the place of what is generated', (_, from, to, props) => {
  const changed = (conf: string): string => edited(conf, from, to);
  expect(told((image) => void image.patchFile('nginx.conf', changed), props)).toEqual([]);
});

test('a server that ends every handshake needs no ciphers', () => {
  const moved = (conf: string): string =>
    conf
      .replace(/ssl_ciphers [^;]*;/, '')
      .replace(/ssl_session_tickets off;/, '')
      .replace(/ssl_certificate_key/, 'ssl_ciphers ECDHE+AESGCM; ssl_session_tickets off; $&');
  expect(
    told((image) => void image.patchFile('nginx.conf', moved), { nginx: { tls: TLS, serverNames: NAMES } }),
  ).toEqual([]);
});

test('an alias without a slash leaves no directory', () => {
  const build = (alias: string) => refusals({ rule: 'NGX-010', build: (app) => within(alias)(soundImage(app)) });
  expect(build('location /files { alias /data/files; }')).toEqual([]);
});

test('headers may be sent by the block around all servers', () => {
  const moved = (conf: string): string =>
    conf
      .replaceAll('include /etc/nginx/security-headers.conf;', '')
      .replace('sendfile on;', '$& include /etc/nginx/security-headers.conf;');
  expect(told((image) => void image.patchFile('nginx.conf', moved))).toEqual([]);
});

test.each(["$csp; frame-ancestors 'self'", "frame-ancestors 'self'; report-uri /csp/$request_id"])(
  'a policy that is more than a variable is sent: %s',
  (policy) => {
    const patched = (conf: string): string => conf.replace(/"frame-ancestors.*"/, () => `"${policy}"`);
    expect(told((image) => void image.patchFile('config/security-headers.conf', patched))).toEqual([]);
  },
);

test('PHP may be a group of sockets', () => {
  const grouped = (conf: string): string =>
    conf
      .replace('  sendfile on;', '$& upstream php { server unix:/run/php-fpm.sock; server unix:/run/second.sock; }')
      .replaceAll('fastcgi_pass unix:/run/php-fpm.sock;', 'fastcgi_pass php;');
  expect(told((image) => void image.patchFile('nginx.conf', grouped))).toEqual([]);
});

test('a form may hold a file as large as itself', () => {
  const props = { php: { version: '8.4', uploadMaxFilesize: '10M', postMaxSize: '10M' } } as const;
  expect(told(() => undefined, props)).toEqual([]);
});

test('included files may include others, ten deep', () => {
  const nested = (image: ImageConstruct) => {
    for (let depth = 1; depth <= 10; depth++) {
      const content = depth < 10 ? `include own-${depth + 1}.conf;\n` : 'location = /deep { return 204; }\n';
      image.addFile({ target: `/etc/nginx/own-${depth}.conf`, content });
    }
    within('include own-1.conf;')(image);
  };
  expect(told(nested)).toEqual([]);
});

test('a build step that has nothing to do with nginx is sound', () => {
  const step = { name: 'tidy', script: 'rm -rf "$rootfs/usr/share/doc"\n' };
  expect(told((image) => void image.addBuildStep(step))).toEqual([]);
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
