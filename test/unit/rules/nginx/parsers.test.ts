import { refuses } from '../../../../src/rules/nginx/answers';
import { findLocation, patternOf, toRegExp } from '../../../../src/rules/nginx/find-location';
import { NginxNode } from '../../../../src/rules/nginx/nginx-node';
import { probes } from '../../../../src/rules/nginx/probes';
import { listensOf } from '../../../../src/rules/nginx/servers';
import { findSplitting } from '../../../../src/rules/nginx/splitting';
import { bytesOf, secondsOf } from '../../../../src/rules/nginx/values';
import { constantVariables, decodedVariables, variablesIn } from '../../../../src/rules/nginx/variables';
import { parseNginx, type NginxDirective } from '../../../../src/rules/parse/nginx';

/** A block that holds a text. */
function block(text: string): NginxNode {
  const main = new NginxNode('main', [], 'nginx.conf', undefined, []);
  fill(main, parseNginx(text));
  return main;
}

function fill(parent: NginxNode, directives: readonly NginxDirective[]): void {
  for (const { name, args, line, children } of directives) {
    const node = new NginxNode(name, args, `nginx.conf:${line}`, parent, children && []);
    parent.children!.push(node);
    fill(node, children ?? []);
  }
}

describe('values', () => {
  test.each([
    ['10', 10],
    ['10s', 10],
    ['1m30s', 90],
    ['1m 30s', 90],
    ['500ms', 0.5],
    ['2h', 7200],
    ['1d', 86_400],
    ['1w', 604_800],
    ['1M', 2_592_000],
    ['1y', 31_536_000],
    ['', undefined],
    ['off', undefined],
    ['x10', undefined],
    ['x10s', undefined],
    ['10s x', undefined],
    ['$seconds', undefined],
  ])('the time %p is %p seconds', (text, seconds) => expect(secondsOf(text)).toBe(seconds));

  test.each([
    ['512', 512],
    ['8k', 8192],
    ['10m', 10_485_760],
    ['10M', 10_485_760],
    ['1g', 1_073_741_824],
    ['', undefined],
    ['-1', undefined],
    ['x8k', undefined],
    ['8kb', undefined],
    ['8 k', undefined],
  ])('the size %p is %p bytes', (text, bytes) => expect(bytesOf(text)).toBe(bytes));
});

describe('variables', () => {
  test('are found with braces and without', () => {
    expect(variablesIn('$a-${b}c$1 d')).toEqual(['a', 'b', '1']);
  });

  const CONF = `
    set $fixed internal; set $asked $arg_x; set $both a; set $both $host; set $path "x$uri"; set $more $path;
    map $host $known { a b; default c; } map $host $chosen { a b; default $arg_y; } map $host $to { default $document_uri; }
    geo $near { default 0; 10.0.0.0/8 1; }`;

  test('are constant where every value is', () => {
    expect([...constantVariables(block(CONF))].sort()).toEqual(['fixed', 'known', 'near']);
  });

  test('hold a decoded path where one of their values does', () => {
    expect([...decodedVariables(block(CONF))].sort()).toEqual(['document_uri', 'more', 'path', 'to', 'uri']);
  });
});

describe('locations', () => {
  test.each([
    ['= /a', 'exact', '/a', false],
    ['=/a', 'exact', '/a', false],
    ['^~ /a', 'final-prefix', '/a', false],
    ['^~/a', 'final-prefix', '/a', false],
    ['~ a~b', 'expression', 'a~b', false],
    ['~* a', 'expression', 'a', true],
    ['~*a', 'expression', 'a', true],
    ['/a', 'prefix', '/a', false],
    ['/a@', 'prefix', '/a@', false],
    ['@a', 'named', '@a', false],
  ] as const)('location %s is %s %s', (text, kind, rest, ignoreCase) => {
    expect(patternOf(block(`location ${text} {}`).children![0]!)).toEqual({ kind, text: rest, ignoreCase });
  });

  const SERVER = `
    location / {}
    location = /exact {}
    location /exact/ {}
    location /plain {}
    location /very-long-and-elsewhere/ {}
    location /out/ {
      location /out/of/ {}
      location = /out/one {}
      location ~ ^/out/x {}
      location /out/of/all/ { location ~ [.]gif$ {} }
    }
    location ^~ /final/ { location /final/in/ {} }
    location ~ ^/out/x-all {}
    location ~ [.]gif$ { location ~ ^/plain.*[.]gif$ {} }
    location ~ ^/plain$ {}
    location ~* [.]png$ {}
    location @named {}`;

  test.each([
    ['/', '/'],
    ['/elsewhere', '/'],
    ['/exact', '= /exact'],
    ['/exact/', '/exact/'],
    ['/plain', '~ ^/plain$'],
    ['/plainer', '/plain'],
    ['/plain.gif', '~ ^/plain.*[.]gif$'],
    ['/PLAIN', '/'],
    ['/a.gif', '~ [.]gif$'],
    ['/a.GIF', '/'],
    ['/a.PNG', '~* [.]png$'],
    ['/out/one', '= /out/one'],
    ['/out/of/', '/out/of/'],
    ['/out/of/all', '/out/of/'],
    ['/out/x-all', '~ ^/out/x'],
    ['/final/in/a.gif', '/final/in/'],
    ['/final/a.gif', '^~ /final/'],
    ['@named', undefined],
  ])('%s is answered by %s', (path, location) => {
    const server = block(`server { ${SERVER} }`).children![0]!;
    expect(findLocation(server, path).title).toBe(location === undefined ? 'server' : `location ${location}`);
  });

  test.each([
    ['a', false, 'A', false],
    ['a', true, 'A', true],
    ['(?i)^a', false, 'AB', true],
    ['^.$', false, '\n', false],
    ['(?s)^.$', false, '\n', true],
    ['(?is)^a.$', false, 'A\n', true],
    ['(?P<x>a)b', false, 'ab', true],
    ['\\A/x', false, '/a/x', false],
    ['\\A/x', false, '/x', true],
    ['/x\\z', false, '/x/a', false],
    ['/x\\Z', false, '/a/x', true],
    ['^a*+b++$', false, 'aab', true],
    ['^a{2}+$', false, 'aa', true],
    ['^a+$', false, 'aaa', true],
  ])('the expression %s (in any case: %s) matches %p: %s', (pattern, ignoreCase, text, matches) => {
    expect(toRegExp(pattern, ignoreCase).test(text)).toBe(matches);
  });

  test.each([
    ['return 404;', true],
    ['return 444;', true],
    ['return 4044;', false],
    ['return 200;', false],
    ['return https://shop.example.com/404;', false],
    ['internal;', true],
    ['deny all;', true],
    ['deny 192.0.2.1;', false],
    ['allow 10.0.0.1; deny all;', false],
    ['', false],
  ])('{ %s } refuses: %s', (text, refused) => expect(refuses(block(text))).toBe(refused));

  test('are tried where they begin', () => {
    const places = (location: string): string[] => probes(block(`location ${location} {}`), ['x']).slice(2);
    expect(probes(block(''), ['x', 'y'])).toEqual(['/x', '/y', '/some/where/x', '/some/where/y']);
    expect(places('/a/')).toEqual(['/a/x']);
    expect(places('/a')).toEqual(['/a/x', '/ax']);
    expect(places('^~ /a')).toEqual(['/a/x', '/ax']);
    expect(places('= /a')).toEqual([]);
    expect(places('@a')).toEqual([]);
    expect(places('~ ^/a/b/(.*)')).toEqual(['/a/b/x']);
    expect(places('~ ^/a')).toEqual(['/ax', '/a/x']);
    expect(places('~ ^/a$')).toEqual(['/a/x']);
    expect(places('~ ^/a\\.b/c')).toEqual(['/a.b/cx', '/a.b/c/x']);
    expect(places('~ ^/a[A-Z]')).toEqual(['/ax', '/a/x']);
    expect(places('~ (?:^/a|^/b)')).toEqual([]);
    expect(places('~* [.]php$')).toEqual([]);
  });
});

describe('listen', () => {
  test.each([
    ['8080', '*:8080', 8080, false],
    ['*:8080', '*:8080', 8080, false],
    ['0.0.0.0:8080', '*:8080', 8080, false],
    ['[::]:8080', '[::]:8080', 8080, false],
    ['[::]', '[::]:80', 80, false],
    ['10.0.0.1', '10.0.0.1:80', 80, false],
    ['10.0.0.1:', '10.0.0.1:80', 80, false],
    ['127.0.0.1:8080', '127.0.0.1:8080', 8080, true],
    ['[::1]:8080', '[::1]:8080', 8080, true],
    ['localhost:8080', 'localhost:8080', 8080, true],
    ['not-localhost:8080', 'not-localhost:8080', 8080, false],
    ['localhost.example.com:8080', 'localhost.example.com:8080', 8080, false],
    ['unix:/run/nginx.sock', 'unix:/run/nginx.sock', undefined, true],
  ])('%s is the socket %s, port %p, of this machine alone: %s', (text, socket, port, local) => {
    expect(listensOf(block(`listen ${text};`))).toMatchObject([{ socket, port, local, tls: false, isDefault: false }]);
  });

  test.each(['ssl', 'quic reuseport'])('%s is TLS', (how) => {
    expect(listensOf(block(`listen 8443 ${how};`))).toMatchObject([{ tls: true, isDefault: false }]);
  });

  test.each(['default_server', 'default'])('%s is the default', (how) => {
    expect(listensOf(block(`listen 8080 ${how};`))).toMatchObject([{ tls: false, isDefault: true }]);
  });
});

describe('a line break', () => {
  /** A location of an expression whose capture may hold one. */
  const captured = (text: string): string => `location ~ ^/([^/]+)$ { ${text} }`;

  test.each([
    ['add_header X-Path $uri;', '$uri'],
    ['add_trailer X-Path $document_uri;', '$document_uri'],
    ['proxy_pass http://127.0.0.1$uri;', '$uri'],
    ['proxy_redirect / $uri;', '$uri'],
    ['proxy_set_header X-Path "${uri}";', '$uri'],
    ['return 301 https://$host$uri;', '$uri'],
    ['rewrite ^ https://shop.example.com$uri;', '$uri'],
    ['rewrite ^/([^/]+)$ https://shop.example.com/$1;', '$1'],
    ['rewrite ^/([^/]+)$ http://shop.example.com/$1;', '$1'],
    ['rewrite ^/([^/]+)$ $scheme://shop.example.com/$1;', '$1'],
    ['rewrite ^/([^/]+)$ /v2/$1 redirect;', '$1'],
    ['rewrite ^/([^/]+)$ /v2/$1 permanent;', '$1'],
    [captured('return 301 /v2/$1;'), '$1'],
    [captured('return 301 /v2/$1$uri;'), '$uri, $1'],
    [captured('add_header X-Name $1;'), '$1'],
    ['if ($request_uri ~ ^/([^/]+)$) { return 301 /v2/$1; }', '$1'],
    ['location ~ ^/(\\D+)$ { return 301 /v2/$1; }', '$1'],
    ['location ~ (?s)^/(.+)$ { return 301 /v2/$1; }', '$1'],
    ['location ~ (?is)^/(.+)$ { return 301 /v2/$1; }', '$1'],
  ])('reaches a header by: %s', (text, variables) => {
    const [finding, ...others] = findSplitting({ main: block(text), file: 'nginx.conf', unread: [] });
    expect(finding?.what).toContain(` uses ${variables}, which`);
    expect(others).toEqual([]);
  });

  test.each([
    'add_header X-Path $request_uri;',
    'fastcgi_param DOCUMENT_URI $document_uri;',
    'rewrite ^/([^/]+)$ /v2/$1;',
    'rewrite ^/([^/]+)$ /v2/$1 last;',
    'rewrite ^/([^/]+)$ /v2/$1 break;',
    'rewrite ^/([^/]+)$ /to/https://$1;',
    'rewrite ^/([a-z]+)$ https://shop.example.com/$1 redirect;',
    'return 301 /v2/$1;',
    'location /v1/ { return 301 /v2/$1; }',
    captured('return 301 https://$host/v2/;'),
    captured('return 301 /v2/$ipv4;'),
    captured('rewrite ^/([a-z]+)$ /v2/$1 redirect;'),
    'if ($request_uri ~ ^/([a-z]+)$) { return 301 /v2/$1; }',
    'location ~ ^/(\\d+)$ { return 301 /v2/$1; }',
    'location ~ (?i)^/([a-z]+)$ { return 301 /v2/$1; }',
    'location ~ ^/([^\\\\n]+)$ { return 301 /v2/$1; }',
    'location ~ ^/([^/\\\\n]+)$ { return 301 /v2/$1; }',
    'location ~ ^/([^/?\\\\n]+)$ { return 301 /v2/$1; }',
  ])('reaches no header by: %s', (text) => {
    expect(findSplitting({ main: block(text), file: 'nginx.conf', unread: [] })).toEqual([]);
  });
});

describe('a directive', () => {
  const [http] = block('http { server { listen 8080; } }').children!;
  const listen = http!.find('listen')[0]!;

  test('knows what it stands in', () => {
    expect(listen.around('http')).toBe(http);
    expect(listen.around('location')).toBeUndefined();
  });

  test('says where it is, and what to do where that is told', () => {
    const told = { file: 'nginx.conf:1', what: 'it is wrong' };
    expect(listen.finding('it is wrong')).toStrictEqual(told);
    expect(listen.finding('it is wrong', 'change it')).toStrictEqual({ ...told, next: 'change it' });
  });
});
