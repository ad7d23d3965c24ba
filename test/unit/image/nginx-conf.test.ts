import { synthShop } from './support';
import type { ImageProps } from '../../../src';

const TLS = { certificate: '/run/secrets/tls.crt', key: '/run/secrets/tls.key', port: 8443 };

function nginx(options: ImageProps['nginx'], props: Partial<ImageProps> = {}): string {
  return synthShop({ ...props, nginx: options }).file('shop/amd64/nginx.conf');
}

/** The server blocks, by the first line of each. */
function servers(conf: string): string[] {
  return conf
    .split(/\n {2}server \{\n/)
    .slice(1)
    .map((text) => text.split('\n  }')[0]!);
}

test('the redirect to TLS is this server', () => {
  const [redirect] = servers(nginx({ tls: TLS, serverNames: [] }));
  expect(redirect).toMatchInlineSnapshot(`
   "    listen 8080 default_server;
       include /run/nginx-ipv6/8080-default_server/*.conf;
       server_name _;
       include /etc/nginx/security-headers.conf;

       if ($request_method !~ ^(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$) {
         return 405;
       }

       location = /ping {
         access_log off;
         include /etc/nginx/fastcgi.conf;
         fastcgi_param SCRIPT_FILENAME /ping;
         fastcgi_param SCRIPT_NAME /ping;
         fastcgi_pass unix:/run/php-fpm.sock;
       }

       location / {
         return 301 https://$host$request_uri;
       }"
  `);
});

test('hosts that were not named are refused by this server', () => {
  const [refusing] = servers(nginx({ serverNames: ['shop.example.com'] }));
  expect(refusing).toMatchInlineSnapshot(`
   "    listen 8080 default_server;
       include /run/nginx-ipv6/8080-default_server/*.conf;
       server_name _;
       include /etc/nginx/security-headers.conf;

       if ($request_method !~ ^(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$) {
         return 405;
       }

       location = /ping {
         access_log off;
         include /etc/nginx/fastcgi.conf;
         fastcgi_param SCRIPT_FILENAME /ping;
         fastcgi_param SCRIPT_NAME /ping;
         fastcgi_pass unix:/run/php-fpm.sock;
       }

       location / {
         return 444;
       }"
  `);
});

test('without names one server answers every host, and one on loopback tells the state', () => {
  expect(servers(nginx({})).map((text) => text.split('\n').slice(0, 2))).toEqual([
    ['    listen 8080 default_server;', '    include /run/nginx-ipv6/8080-default_server/*.conf;'],
    ['    listen 127.0.0.1:8081;', '    access_log off;'],
  ]);
});

test.each<[ImageProps['nginx'], Record<string, string>]>([
  [{}, { '8080-default_server': 'listen [::]:8080 default_server;' }],
  [
    { serverNames: ['shop.example.com'], port: 8888 },
    { '8888-default_server': 'listen [::]:8888 default_server;', '8888': 'listen [::]:8888;' },
  ],
  [
    { tls: TLS },
    {
      '8080-default_server': 'listen [::]:8080 default_server;',
      '8443-ssl-default_server': 'listen [::]:8443 ssl default_server;',
    },
  ],
])('every port is listened on by IPv6 too, from files that only a kernel with IPv6 gets: %j', (options, listens) => {
  // WHEN
  const { file } = synthShop({ nginx: options });
  const conf = file('shop/amd64/nginx.conf');
  const settings = file('shop/amd64/config/runtime-settings.php');
  // THEN each listen on a port of its own includes its twin, and the start knows of all of them
  const included = [...conf.matchAll(/^ {4}listen \d.*;\n {4}include \/run\/nginx-ipv6\/(.+)\/\*\.conf;$/gm)];
  expect(included.map(([, name]) => name).sort()).toEqual(Object.keys(listens).sort());
  expect(conf.match(/^ {4}listen \d+[ ;]/gm)).toHaveLength(included.length);
  for (const [name, directive] of Object.entries(listens)) {
    expect(settings).toContain(`'/run/nginx-ipv6/${name}' => '${directive}',`);
  }
  expect(conf).not.toContain('[::]');
});

test.each([
  ['ubuntu', '22.04', '8.1', '1.18', 'listen 8443 ssl http2;', false],
  ['debian', 'bookworm', '8.2', '1.22', 'listen 8443 ssl http2;', true],
  ['debian', 'trixie', '8.4', '1.26', 'http2 on;', true],
])('%s %s has nginx as old as its directives (PHP %s, nginx %s)', (platform, release, php, _, http2, rejects) => {
  const conf = nginx({ tls: TLS, serverNames: ['shop.example.com'] }, { platform, release, php });
  expect(conf).toContain(http2);
  expect(conf.includes('ssl_reject_handshake on;')).toBe(rejects);
});

test('PHP runs through its entry points alone', () => {
  const conf = nginx({ entryPoints: ['/index.php', '/admin/index.php'] });
  expect(conf.match(/location = \S+\.php/g)).toEqual(['location = /index.php', 'location = /admin/index.php']);
  expect(conf).toContain('try_files $uri /index.php$is_args$args;');
  expect(conf).toMatch(/location ~\* \\\.\(\?:phar\|php\|pht\) \{\n +return 404;/);
});

test('a proxy is believed only when it is named', () => {
  expect(nginx({})).not.toContain('real_ip');
  expect(nginx({ trustedProxies: ['10.0.0.0/8', '2001:db8::/32'] })).toContain(
    'set_real_ip_from 10.0.0.0/8;\n  set_real_ip_from 2001:db8::/32;\n  real_ip_header X-Forwarded-For;',
  );
});

test('headers are on every answer, sorted, quoted where that is needed', () => {
  const headers = synthShop({ nginx: { headers: { 'X-A': 'a;b{c}#d', 'X-B': '', 'X-C': "'self'" } } });
  const text = headers.file('shop/amd64/config/security-headers.conf');
  expect(text).toContain(
    'add_header X-A "a;b{c}#d" always;\nadd_header X-B "" always;\nadd_header X-C "\'self\'" always;',
  );
  expect(text).not.toContain('Strict-Transport-Security');
});

test('strict transport is asked for over TLS', () => {
  const text = synthShop({ nginx: { tls: TLS } }).file('shop/amd64/config/security-headers.conf');
  expect(text).toContain('add_header Strict-Transport-Security $strict_transport_security always;');
});

test('sizes, times and workers come from the configuration', () => {
  const conf = nginx({
    clientMaxBodySize: '5M',
    keepaliveTimeout: 75,
    requestTimeout: 90,
    workerProcesses: 3,
    workerConnections: 77,
    gzip: false,
  });
  const lines = [
    'client_max_body_size 5m;',
    'keepalive_timeout 75s;',
    'fastcgi_read_timeout 90s;',
    'worker_processes 3;',
    'worker_connections 77;',
  ];
  lines.forEach((line) => expect(conf).toContain(line));
  expect(conf).not.toContain('gzip');
});

test('PHP is told the host that nginx has checked, with the port that the client named', () => {
  const named = nginx({ serverNames: ['shop.example.com'] });
  expect(named).toContain('map $http_host $port_of_host {\n    ~(?<client_port>:[0-9]+)$ $client_port;');
  expect(named).toContain('fastcgi_param HTTP_HOST $host$port_of_host;');
  expect(nginx({})).not.toContain('HTTP_HOST');
});

test('requests in flight are limited by address, and requests by the second where that is asked for', () => {
  expect(nginx({})).toContain('limit_conn connections 512;');
  expect(nginx({})).not.toContain('limit_req');
  const counted = nginx({ limits: { connections: 64, requestsPerSecond: 20 } });
  expect(counted).toContain('limit_conn connections 64;');
  expect(counted).toContain('rate=20r/s;\n  limit_req zone=requests burst=20 nodelay;');
  expect(counted).toContain(
    'map $uri $counted_address {\n    ~^/ping\\z "";\n    default $binary_remote_addr;\n  }\n\n  limit_req_zone $counted_address ',
  );
});

test('one’s own strict transport is said over TLS alone, where this server speaks TLS', () => {
  const app = (options: ImageProps['nginx']) => {
    const synthesis = synthShop({
      nginx: { ...options, headers: { 'Strict-Transport-Security': 'max-age=600; includeSubDomains' } },
    });
    return synthesis.file('shop/amd64/nginx.conf') + synthesis.file('shop/amd64/config/security-headers.conf');
  };
  expect(app({ tls: TLS })).toContain('on "max-age=600; includeSubDomains";');
  expect(app({ tls: TLS }).match(/add_header Strict-Transport-Security/g)).toHaveLength(1);
  // Behind a proxy that speaks TLS, the application's server sends it.
  expect(app({})).toContain('add_header Strict-Transport-Security "max-age=600; includeSubDomains" always;');
});

test('what TLS accepts is said once for all servers: the default one decides before a name is known', () => {
  const conf = nginx({ tls: TLS, serverNames: ['shop.example.com'] });
  expect(conf.match(/ssl_protocols/g)).toHaveLength(1);
  expect(conf.indexOf('ssl_protocols')).toBeLessThan(conf.indexOf('server {'));
});
