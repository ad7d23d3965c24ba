import type { Construct } from 'constructs';
import {
  Aspects,
  ImageConstruct,
  ImagePart,
  type ContextFile,
  type ImageProps,
  type NginxConstruct,
} from '../../../../src';
import { rawText, soundImage, type BreakingCase } from '../support';

const TLS = { certificate: '/run/secrets/tls.crt', key: '/run/secrets/tls.key', port: 8443 };
const NAMES: Partial<ImageProps> = { nginx: { serverNames: ['shop.example.com'] } };
const OVER_TLS: Partial<ImageProps> = { nginx: { tls: TLS } };

/** A case of nginx.conf: a text in it, and what stands in its place. */
function edited(
  rule: string,
  from: string | RegExp,
  to: string,
  told: { readonly story: string; readonly says: string; readonly props?: Partial<ImageProps> },
): BreakingCase {
  return rawText(rule, 'nginx.conf', (text) => text.replace(from, to), told);
}

/** A case of a location that somebody adds before all others of the application. */
function located(
  rule: string,
  location: string,
  told: { readonly story: string; readonly says: string; readonly props?: Partial<ImageProps> },
): BreakingCase {
  return edited(rule, '  root /var/www/html/public;', `$&\n    ${location}`, told);
}

/** A case of a directive that somebody adds for all servers. */
function forAll(
  rule: string,
  directive: string,
  told: { readonly story: string; readonly says: string; readonly props?: Partial<ImageProps> },
): BreakingCase {
  return edited(rule, '  sendfile on;', `$& ${directive}`, told);
}

/** What a location has that runs a script. */
const runs = (script: string): string =>
  `include fastcgi.conf; fastcgi_param SCRIPT_FILENAME ${script}; fastcgi_pass unix:/run/php-fpm.sock;`;

/** A construct with a file that nginx.conf is made to include. */
class OwnSettings extends ImagePart {
  constructor(scope: Construct, id: string, content: string) {
    super(scope, id);
    this.addFile({ target: '/etc/nginx/own.conf', content });
    ImageConstruct.of(this).patchFile('nginx.conf', (text) =>
      text.replace('  root /var/www/html/public;', '  root /var/www/html/public;\n    include own.conf;'),
    );
  }
}

function included(
  rule: string,
  content: string,
  told: { readonly story: string; readonly says: string },
): BreakingCase {
  return {
    rule,
    by: 'a construct of one’s own',
    ...told,
    build: (app) => {
      const image = soundImage(app);
      new OwnSettings(image, 'own', content);
    },
  };
}

export const NGINX_CASES: readonly BreakingCase[] = [
  edited('NGX-001', 'daemon off;', 'daemon off; user www-data;', {
    story: 'nginx is told its user, as everywhere else',
    says: 'nginx is told to change to another user: user www-data',
  }),
  edited('NGX-001', 'listen 8080 default_server;', '$& listen [::]:9000;', {
    story: 'a server listens on a port that nobody declared',
    says: 'port 9000 is none of the ports',
  }),
  edited('NGX-001', 'listen 8080 default_server;', '', {
    story: 'a server has no listen',
    says: 'a server has no listen',
  }),
  rawText('NGX-002', 'nginx.conf', (text) => text.replace('server_tokens off;', ''), {
    story: 'server_tokens is taken out',
    says: 'the block http has no server_tokens',
  }),
  edited('NGX-002', 'listen 8080 default_server;', '$& server_tokens ON;', {
    story: 'server_tokens is switched on for one server, in capitals',
    says: 'server_tokens is ON',
  }),
  included('NGX-002', 'server_tokens build;\n', {
    story: 'an included file sets server_tokens again',
    says: 'config/files/etc/nginx/own.conf:1: server_tokens is build',
  }),
  edited('NGX-002', 'fastcgi_hide_header X-Powered-By;', '', {
    story: 'the header of PHP is passed on',
    says: 'the header X-Powered-By of PHP is passed on',
  }),
  edited('NGX-003', 'return 444;', 'return 301 https://shop.example.com$request_uri;', {
    story: 'unknown hosts are redirected',
    says: 'a host that nobody named is answered',
    props: NAMES,
  }),
  edited('NGX-003', 'server_name shop.example.com;', 'server_name shop.example.com ~.+;', {
    story: 'a server answers every name',
    says: 'the host ~.+ is answered',
    props: NAMES,
  }),
  edited('NGX-003', 'listen 8080;', 'listen 8080 default_server;', {
    story: 'the application becomes the default server as well',
    says: 'a host that nobody named is answered',
    props: NAMES,
  }),
  edited('NGX-003', 'fastcgi_param HTTP_HOST $host$port_of_host;', '', {
    story: 'PHP gets the host of the header',
    says: 'PHP takes HTTP_HOST from the header',
    props: NAMES,
  }),
  edited('NGX-003', /location = \/ping \{[^}]*\}/, '', {
    story: 'the health check is answered on named hosts alone',
    says: '/ping is not answered on every host',
    props: NAMES,
  }),
  edited('NGX-004', 'send_timeout 10s;', 'send_timeout 10m;', {
    story: 'a client has ten minutes between two pieces',
    says: 'send_timeout 10m is not within 1 and 10 seconds',
  }),
  edited('NGX-004', 'client_header_timeout 10s;', '', {
    story: 'a timeout is taken out',
    says: 'the block http has no client_header_timeout',
  }),
  edited('NGX-004', 'listen 8080 default_server;', '$& keepalive_timeout 0;', {
    story: 'one server keeps no connection',
    says: 'keepalive_timeout 0 is not within 5 and 650 seconds',
  }),
  located('NGX-005', 'location = /upload { client_max_body_size 0; }', {
    story: 'one location takes bodies of any size',
    says: 'client_max_body_size 0 is no limit',
  }),
  edited('NGX-005', 'client_max_body_size 10m;', 'client_max_body_size 1G;', {
    story: 'nginx lets through what PHP drops',
    says: 'client_max_body_size 1G is more than post_max_size',
  }),
  edited('NGX-005', 'large_client_header_buffers 4 8k;', 'large_client_header_buffers 64 64k;', {
    story: 'headers are as large as bodies',
    says: 'is more than 512 KiB',
  }),
  edited('NGX-006', 'limit_conn connections 512;', '', {
    story: 'requests in flight are not limited',
    says: 'requests in flight are not limited by address',
  }),
  edited('NGX-006', 'zone=connections:10m', 'zone=adresses:10m', {
    story: 'the zone has another name',
    says: 'limit_conn names the zone connections, and no limit_conn_zone defines it',
  }),
  edited('NGX-006', 'limit_conn_zone $binary_remote_addr', 'limit_conn_zone $http_x_forwarded_for', {
    story: 'clients choose what they are counted by',
    says: 'counts by $http_x_forwarded_for',
  }),
  ...[
    ['~^/ping\\z "";', '~^/p "";', 'a request that begins as the health check is not counted'],
    ['map $uri', 'map $arg_x', 'an argument decides who is counted'],
    ['default $binary_remote_addr', 'default $arg_x', 'clients choose what the map gives'],
    ['default $binary_remote_addr;', '', 'nobody is counted'],
  ].map(([from = '', to = '', story = '']) =>
    edited('NGX-006', from, to, {
      story,
      says: 'counts by $counted_address',
      props: { nginx: { limits: { requestsPerSecond: 20 } } },
    }),
  ),
  located('NGX-007', 'location /api { add_header X-Version 2; }', {
    story: 'a location with a header of its own drops all others',
    says: 'location /api sends no content-security-policy',
  }),
  {
    rule: 'NGX-007',
    by: 'a prop',
    story: 'a header is emptied, so nothing is sent',
    says: 'sends no x-frame-options',
    build: (app) => soundImage(app, { nginx: { headers: { 'X-Frame-Options': '' } } }),
  },
  rawText('NGX-007', 'config/security-headers.conf', (text) => text.replaceAll(' always;', ';'), {
    story: 'errors are sent without headers',
    says: 'sends no content-security-policy',
  }),
  edited('NGX-007', 'on max-age=31536000;', 'on max-age=0;', {
    story: 'browsers are told to forget TLS',
    says: 'sends no strict-transport-security',
    props: OVER_TLS,
  }),
  located('NGX-008', 'location ^~ /uploads/ { root /data; }', {
    story: 'a location goes before the ones that refuse',
    says: '/uploads/.env would be sent by: location ^~ /uploads/',
  }),
  edited('NGX-008', /location ~ \/\\\.[^}]*\}/, '', {
    story: 'hidden files are not refused any more',
    says: '/.git/config would be sent',
  }),
  included('NGX-008', 'location /files/ {\n  autoindex On;\n}\n', {
    story: 'a directory is listed',
    says: 'directories are listed',
  }),
  located('NGX-008', 'location = /nginx-status { stub_status; }', {
    story: 'the status page is public',
    says: 'the status page of nginx is public',
  }),
  located('NGX-009', 'location ~ \\.php$ { fastcgi_pass unix:/run/php-fpm.sock; }', {
    story: 'every PHP file may run, as in every tutorial',
    says: 'which is no exact location of an entry point',
  }),
  located('NGX-009', 'location = /adminer.php { fastcgi_pass unix:/run/php-fpm.sock; }', {
    story: 'one more file may run, which the image does not declare',
    says: '/adminer.php is none of the entry points',
  }),
  edited('NGX-009', 'SCRIPT_FILENAME $document_root/index.php', 'SCRIPT_FILENAME $request_filename', {
    story: 'the request names the script',
    says: 'SCRIPT_FILENAME is $request_filename, not $document_root/index.php',
  }),
  edited('NGX-009', 'try_files /index.php =404;', '', {
    story: 'PHP is asked for a file that may not be there',
    says: 'though it may not be there',
  }),
  edited('NGX-009', /fastcgi_pass unix:\/run\/php-fpm\.sock;/g, 'fastcgi_pass 10.0.0.7:9000;', {
    story: 'another machine runs the files',
    says: 'is not the socket of PHP-FPM',
  }),
  edited('NGX-009', 'try_files $uri /index.php$is_args$args;', 'try_files $uri $uri.php /index.php$is_args$args;', {
    story: 'paths without an ending find PHP files, and send them',
    says: 'try_files sends the source of $uri.php',
  }),
  edited('NGX-009', 'location ~* \\.(?:phar|php|pht)', 'location ~ \\.php$', {
    story: 'other names of PHP files are forgotten',
    says: 'the source of /x.phtml would be sent',
  }),
  {
    rule: 'NGX-009',
    by: 'a prop',
    story: 'an entry point lies where the server may write',
    says: 'lies in /srv/app/cache, which the server may write to',
    build: (app) =>
      soundImage(app, {
        nginx: { documentRoot: '/srv/app', entryPoints: ['/index.php', '/cache/x.php'] },
        volumes: ['/data', '/var/lib/php/sessions', '/srv/app/cache'],
      }),
  },
  edited('NGX-003', /(location = \/pingback\.php \{[^}]*?) *fastcgi_param HTTP_HOST.*\n/, '$1', {
    story: 'an entry point whose name begins as /ping does takes the host from the header',
    says: 'PHP takes HTTP_HOST from the header',
    props: { nginx: { serverNames: ['shop.example.com'], entryPoints: ['/index.php', '/pingback.php'] } },
  }),
  located('NGX-010', 'location /files { alias /data/files/; }', {
    story: 'an alias lets paths with .. leave its directory',
    says: 'a path with .. leaves the directory',
  }),
  located('NGX-010', 'location = /old { return 301 https://$host$uri; }', {
    story: 'a redirect repeats the decoded path',
    says: 'return uses $uri, which may hold a line break',
  }),
  located('NGX-010', 'location = /old { set $to "https://shop.example.com${uri}"; return 301 $to; }', {
    story: 'a redirect repeats the decoded path by way of a variable',
    says: 'return uses $to, which may hold a line break',
  }),
  located('NGX-010', 'location ~ ^/v1/([^/]+)$ { return 302 /v2/$1; }', {
    story: 'a redirect repeats a capture that may hold a line break',
    says: 'return uses $1',
  }),
  ...[
    ['by its name', 'location ~ ^/to/(?<page>[^/]+)$ { return 301 /x/$page; }', '$page'],
    ['by a variable of its own', 'location ~ ^/to/([^/]+)$ { set $page $1; return 301 /x/$page; }', '$page'],
    ['by two variables', 'location ~ ^/to/([^/]+)$ { set $a $1; set $b $a; set $a $b; return 301 /x/$b; }', '$b'],
    ['from within a test', 'location ~ ^/to/([^/]+)$ { if ($arg_x) { return 301 /x/$1; } }', '$1'],
    ['of a test', 'if ( $http_user_agent ~ ([^/]+) ) { return 301 /x/$1; }', '$1'],
  ].map(([how, location, variable]) =>
    located('NGX-010', location!, {
      story: `a redirect repeats a capture that may hold a line break, ${how}`,
      says: `return uses ${variable}, which may hold a line break`,
    }),
  ),
  ...[
    ['all of it', 'location = /go { return 302 $arg_next; }', '$arg_next'],
    ['its host', 'location = /go { return 307 https://$cookie_shop/; }', '$cookie_shop'],
    ['a part of its host', 'location = /go { return https://$http_x_shop.example.com/; }', '$http_x_shop'],
    ['its host, without a scheme', 'location = /go { return 301 //$arg_host/; }', '$arg_host'],
    ['all of it, by a rewrite', 'location = /go { rewrite ^ $arg_next? redirect; }', '$arg_next'],
  ].map(([what, location, variable]) =>
    located('NGX-010', location!, {
      story: `a link chooses where a redirect goes: ${what}`,
      says: `sends to: ${variable}`,
    }),
  ),
  ...[
    '( $http_origin ~ example )',
    '($http_origin ~ "^https:.*example")',
    '($http_referer !~ "^https://shop\\.de")',
  ].map((test) =>
    located('NGX-010', `if ${test} { return 403; }`, {
      story: `a test of the origin is open at an end: if ${test}`,
      says: 'an expression for origins is open at an end',
    }),
  ),
  located('NGX-010', 'location /proxy/ { proxy_set_header Proxy ""; proxy_pass http://$arg_host/; }', {
    story: 'a request chooses the host that it goes to',
    says: 'a request chooses where proxy_pass http://$arg_host/ goes: $arg_host',
  }),
  located('NGX-010', 'location /a/ { if ($arg_x) { add_header X-A 1; } }', {
    story: 'an if has more in it than a return',
    says: 'has more in it than a return: add_header',
  }),
  edited('NGX-010', 'sendfile on;', 'sendfile on; resolver 8.8.8.8;', {
    story: 'names are looked up at a public server',
    says: 'names are looked up outside of the own network: 8.8.8.8',
  }),
  included('NGX-010', 'include own.conf;\n'.repeat(99), {
    story: 'an included file includes itself, a hundred times and each time again',
    says: 'include own.conf is no single file of the image',
  }),
  edited('NGX-010', 'sendfile on;', 'sendfile on; include /etc/nginx/conf.d/*.conf;', {
    story: 'whatever a package brings along is read',
    says: 'is no single file of the image',
  }),
  {
    rule: 'NGX-010',
    by: 'a construct of one’s own',
    story: 'a build step changes nginx.conf',
    says: 'a build step changes the configuration of nginx',
    build: (app) =>
      soundImage(app).addBuildStep({
        name: 'tune',
        script: 'echo "autoindex on;" >>"$rootfs/etc/nginx/fastcgi.conf"\n',
      }),
  },
  edited('NGX-011', /if \(\$request_method[^}]*\}/, '', {
    story: 'methods are not limited',
    says: 'requests of any method are let through: CONNECT, DEBUG, TRACE, TRACK, ANYTHING',
  }),
  located('NGX-011', 'location /dav/ { root /data; dav_methods PUT DELETE; }', {
    story: 'nginx itself takes files',
    says: 'nginx itself writes and removes files: dav_methods PUT DELETE',
  }),
  edited('NGX-011', '|PUT)$', '|PUT|TRACK)$', {
    story: 'TRACK is let through',
    says: 'requests of any method are let through: TRACK',
  }),
  edited('NGX-012', 'TLSv1.2 TLSv1.3', 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3', {
    story: 'old clients are to be served',
    says: 'ssl_protocols is TLSv1 TLSv1.1 TLSv1.2 TLSv1.3',
    props: OVER_TLS,
  }),
  edited('NGX-012', 'ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL', 'HIGH:!aNULL:!MD5', {
    story: 'ciphers are those of a tutorial',
    says: 'ssl_ciphers lets in HIGH',
    props: OVER_TLS,
  }),
  edited('NGX-012', 'ssl_session_tickets off;', '', {
    story: 'session tickets are on by default',
    says: 'ssl_session_tickets is not off',
    props: OVER_TLS,
  }),
  edited('NGX-012', 'ssl_session_tickets off;', '$& ssl_early_data on;', {
    story: 'early data is taken',
    says: 'early data of TLS 1.3',
    props: OVER_TLS,
  }),
  {
    rule: 'NGX-012',
    by: 'a construct of one’s own',
    story: 'the private key is put into the image',
    says: 'is a file of the image',
    build: (app) =>
      soundImage(app, { nginx: { tls: { ...TLS, key: '/srv/tls.key' } } }).addFile({
        target: '/srv/tls.key',
        content: 'the key\n',
      }),
  },
  {
    rule: 'NGX-012',
    by: 'a construct of one’s own',
    story: 'a private key is somewhere in the context',
    says: 'a private key is in the context',
    build: (app) =>
      soundImage(app).addFile({ target: '/srv/x.pem', content: `-----BEGIN ${'PRIVATE'} KEY-----\nAAAA\n` }),
  },
  edited('NGX-013', 'access_log /dev/stdout json buffer=4k flush=1s;', 'access_log off;', {
    story: 'requests are not logged',
    says: 'requests are not logged on stdout',
  }),
  edited('NGX-013', 'error_log /dev/stderr warn;', 'error_log /dev/stderr crit;', {
    story: 'warnings are not logged',
    says: 'warnings are not logged on stderr',
  }),
  edited('NGX-013', '"$http_user_agent"', '"$http_user_agent","cookie":"$http_cookie"', {
    story: 'the log holds cookies',
    says: 'the log format json holds $http_cookie',
  }),
  located('NGX-013', 'location /quiet/ { access_log off; }', {
    story: 'a part of the application is not logged',
    says: 'the log is switched off for all of location /quiet/',
  }),
  edited('NGX-014', 'daemon off;', '', {
    story: 'nginx goes into the background',
    says: 'nginx goes into the background',
  }),
  edited('NGX-014', '/tmp/nginx-client-body', '/var/cache/nginx/body', {
    story: 'large bodies go to the read-only root',
    says: 'client_body_temp_path /var/cache/nginx/body is not below a writable path',
  }),
  rawText('NGX-014', 'config/fastcgi.conf', (text) => text.replace('fastcgi_param HTTP_PROXY "";', ''), {
    story: 'a header named Proxy reaches PHP',
    says: 'a header named Proxy is handed on by fastcgi_pass',
  }),
  located('NGX-014', 'location /api/ { proxy_pass http://127.0.0.1:3000; }', {
    story: 'a header named Proxy reaches a program beside',
    says: 'a header named Proxy is handed on by proxy_pass',
  }),
  {
    rule: 'NGX-009',
    by: 'a subclass',
    story: 'the construct of nginx renders a configuration of its own',
    says: 'which is no exact location of an entry point',
    build: (app) => {
      const image = soundImage(app);
      const own = image.nginx as NginxConstruct & { renderFiles: () => readonly ContextFile[] };
      const render = own.renderFiles.bind(own);
      own.renderFiles = () =>
        render().map((file) =>
          file.path === 'nginx.conf'
            ? { ...file, content: file.content.replace('location = /index.php {', 'location ~ ^/index\\.php(/|$) {') }
            : file,
        );
    },
  },
  {
    rule: 'NGX-013',
    by: 'an aspect',
    story: 'an aspect switches the log off everywhere',
    says: 'requests are not logged on stdout',
    build: (app) => {
      soundImage(app);
      Aspects.of(app).add({
        visit: (node) =>
          ImageConstruct.tryOf(node) === node
            ? (node as ImageConstruct).patchFile('nginx.conf', (text) =>
                text.replace(/access_log \/dev\/stdout[^;]*;/, 'access_log off;'),
              )
            : undefined,
      });
    },
  },
  // What a refusal is: to many, not to some; to all methods, not to a few
  edited('NGX-003', 'return 444;', 'return https://shop.example.com/404;', {
    story: 'unknown hosts are redirected to a page that is named as a refusal',
    says: 'a host that nobody named is answered',
    props: NAMES,
  }),
  edited('NGX-003', /location \/ \{\s*return 444;\s*\}/, '$& location = /health { root /data; }', {
    story: 'the default server has one more page than the health check',
    says: 'a host that nobody named is answered',
    props: NAMES,
  }),
  edited('NGX-003', 'location = /ping {', 'location /ping {', {
    story: 'everything that begins as the health check is answered on every host',
    says: 'a host that nobody named is answered',
    props: NAMES,
  }),
  edited('NGX-003', 'location / {\n      return 444;', 'location / {', {
    story: 'the default server sends whatever there is',
    says: 'a host that nobody named is answered',
    props: NAMES,
  }),
  located('NGX-003', 'location = /api/ping { include fastcgi.conf; fastcgi_pass unix:/run/php-fpm.sock; }', {
    story: 'a page that only ends as the health check gets the host of the header',
    says: 'PHP takes HTTP_HOST from the header',
    props: NAMES,
  }),
  edited('NGX-003', 'HTTP_HOST $host$port_of_host;', 'HTTP_HOST $arg_tenant$host;', {
    story: 'PHP gets a host that begins as the request likes',
    says: 'PHP takes HTTP_HOST from the header',
    props: NAMES,
  }),
  ...['fastcgi_pass_header X-Powered-By;', 'proxy_pass_header Server;'].map((line) =>
    forAll('NGX-002', line, {
      story: `a header that was hidden is passed on: ${line}`,
      says: 'a header that tells a version is passed on',
    }),
  ),
  ...['client_max_body_size 10m;', 'large_client_header_buffers 4 8k;'].map((line) =>
    edited('NGX-005', line, '', {
      story: `a limit is left to nginx: ${line}`,
      says: `the block http has no ${line.split(' ')[0]}`,
    }),
  ),
  forAll('NGX-005', 'client_header_buffer_size 1m;', {
    story: 'the first buffer of headers is a megabyte',
    says: 'client_header_buffer_size 1m is more than 512 KiB',
  }),
  rawText('NGX-005', 'php-fpm.conf', (text) => `${text}php_admin_value[upload_max_filesize] = 100M\n`, {
    story: 'a file may be larger than the form that it comes in',
    says: 'upload_max_filesize is 100M, more than post_max_size',
  }),
  ...['0', '70000'].map((number) =>
    edited('NGX-006', 'limit_conn connections 512;', `limit_conn connections ${number};`, {
      story: `the limit of connections is ${number}`,
      says: `limit_conn connections ${number} is not within 1 and 65536`,
    }),
  ),
  ...['limit_conn_dry_run on;', 'limit_req_dry_run ON;'].map((line) =>
    forAll('NGX-006', line, {
      story: `limits are tried out for ever: ${line}`,
      says: 'limits are counted and not kept',
    }),
  ),
  forAll('NGX-006', 'limit_req burst=5;', {
    story: 'requests are limited without a zone',
    says: 'limit_req names the zone of no name',
  }),
  ...[
    [/map \$uri \$counted_address \{[^}]*\}/, '$& map $arg_x $counted_address { default $binary_remote_addr; }', 'two'],
    ['~^/ping\\z "";', '~^/ping\\z $arg_x;', 'one with a key that the request names'],
  ].map(([from = '', to = '', maps]) =>
    edited('NGX-006', from, String(to), {
      story: `clients are counted by what a map gives, and there are ${String(maps)}`,
      says: 'counts by $counted_address',
      props: { nginx: { limits: { requestsPerSecond: 20 } } },
    }),
  ),
  edited('NGX-007', 'include /etc/nginx/security-headers.conf;', '', {
    story: 'the file of headers is not included',
    says: 'sends no content-security-policy, permissions-policy, referrer-policy',
  }),
  located('NGX-007', 'location /api { add_header X-Version 2 always; }', {
    story: 'a location sends one header on every answer and drops all others',
    says: 'location /api sends no content-security-policy',
  }),
  located('NGX-007', 'location /api { add_header_inherit off; }', {
    story: 'a location takes no headers from around it',
    says: 'headers of the blocks around it are not sent',
  }),
  rawText('NGX-007', 'config/security-headers.conf', (text) => text.replace(/(Policy) ".*" always/, '$1 $csp always'), {
    story: 'a policy is nothing but a variable, which may be empty',
    says: 'sends no content-security-policy',
  }),
  ...(
    [
      ['always', /(Transport-Security \S+) always/, '$1', 'is not sent with errors'],
      ['name', 'Strict-Transport-Security', 'Expect-CT', 'has the name of another header'],
    ] as const
  ).map(([, from, to, story]) =>
    rawText('NGX-007', 'config/security-headers.conf', (text) => text.replace(from, to), {
      story: `the promise to speak TLS ${story}`,
      says: 'sends no strict-transport-security',
      props: OVER_TLS,
    }),
  ),
  ...[
    ['map $https $strict', 'map $arg_tls $strict', 'an argument decides on it'],
    ['on max-age=31536000;', 'on includeSubDomains;', 'it has no age'],
    ['on max-age=31536000;', 'off max-age=31536000;', 'it is made where there is no TLS'],
  ].map(([from = '', to = '', story = '']) =>
    edited('NGX-007', from, to, {
      story: `the promise to speak TLS is none: ${story}`,
      says: 'sends no strict-transport-security',
      props: OVER_TLS,
    }),
  ),
  located('NGX-008', 'location ^~ /office/ { allow 10.0.0.0/8; deny all; root /data; }', {
    story: 'an office may read hidden files',
    says: '/office/.env would be sent by: location ^~ /office/',
  }),
  ...['scgi_pass', 'uwsgi_pass'].map((pass) =>
    located('NGX-009', `location /py/ { ${pass} unix:/run/app.sock; }`, {
      story: `a program beside PHP is asked by ${pass}`,
      says: `requests are handed on by ${pass}, past the entry points`,
    }),
  ),
  edited('NGX-009', 'location = /nginx-status', `location = /adminer.php { ${runs('/adminer.php')} }\n    $&`, {
    story: 'the server of status pages runs one more file',
    says: '/adminer.php is none of the entry points',
  }),
  located('NGX-009', `location = /fpm-status { ${runs('/fpm-status')} }`, {
    story: 'the status page of PHP-FPM is public',
    says: '/fpm-status is none of the entry points',
  }),
  ...['$uri =404', '/index.php /index.php?error=404', '/index.php @fallback'].map((files) =>
    edited('NGX-009', 'try_files /index.php =404;', `try_files ${files};`, {
      story: `PHP is asked for a file that may not be there, since it is looked for by try_files ${files}`,
      says: 'though it may not be there',
    }),
  ),
  edited('NGX-009', 'root /var/www/html/public;', '', {
    story: 'no root says where the entry point lies',
    says: '/index.php is not taken from the document root /var/www/html/public',
  }),
  ...['root /data;', 'alias /data/index.php;'].map((line) =>
    edited('NGX-009', 'try_files /index.php =404;', `$& ${line}`, {
      story: `the entry point is taken from elsewhere: ${line}`,
      says: '/index.php is not taken from the document root /var/www/html/public',
    }),
  ),
  edited('NGX-009', 'fastcgi_param SCRIPT_FILENAME $document_root/index.php;', '', {
    story: 'PHP is not told which file to run',
    says: 'location = /index.php has no SCRIPT_FILENAME',
  }),
  ...[
    ['a path that an argument is part of', 'unix:/run/php-$arg_version.sock'],
    ['a path that leaves /run', 'unix:/run/php/../../tmp/php.sock'],
  ].map(([story = '', socket = '']) =>
    edited('NGX-009', /fastcgi_pass unix:\/run\/php-fpm\.sock;/g, `fastcgi_pass ${socket};`, {
      story: `the socket of PHP is ${story}`,
      says: 'is not the socket of PHP-FPM',
    }),
  ),
  ...['server unix:/run/php-fpm.sock; server 10.0.0.7:9000;', ''].map((servers) =>
    rawText(
      'NGX-009',
      'nginx.conf',
      (text) =>
        text
          .replace('  sendfile on;', `$& upstream php { ${servers} }`)
          .replaceAll('fastcgi_pass unix:/run/php-fpm.sock;', 'fastcgi_pass php;'),
      { story: `the group that runs PHP is { ${servers} }`, says: 'fastcgi_pass php is not the socket of PHP-FPM' },
    ),
  ),
  edited('NGX-009', 'try_files /index.php =404;', 'try_files /other.php /index.php =404;', {
    story: 'an entry point sends another file first',
    says: 'try_files sends the source of /other.php',
  }),
  located('NGX-009', 'location /index.php { try_files /index.php =404; }', {
    story: 'a prefix sends the source of the entry point',
    says: 'try_files sends the source of /index.php',
  }),
  ...['alias /data/$arg_file;', 'root /srv/$host;'].map((line) =>
    located('NGX-010', `location /files { ${line} }`, {
      story: `a request is part of the path of files: ${line}`,
      says: `a request is part of the path of files: ${line.slice(0, -1)}`,
    }),
  ),
  located('NGX-010', 'location /a/ { if ($arg_x) { set $a 1; add_header X-A 1; } }', {
    story: 'an if has two things in it that are no return',
    says: 'has more in it than a return: set, add_header',
  }),
  ...[
    ['proxy_pass http://$arg_host;', 'arg_host', 'no path follows'],
    ['proxy_pass $arg_target;', 'arg_target', 'there is no scheme'],
    ['proxy_pass $scheme://$arg_host/;', 'scheme, $arg_host', 'the scheme is chosen, too'],
  ].map(([line = '', chosen = '', story = '']) =>
    located('NGX-010', `location /proxy/ { proxy_set_header Proxy ""; ${line} }`, {
      story: `a request chooses the host that it goes to, where ${story}`,
      says: `goes: $${chosen}`,
    }),
  ),
  forAll('NGX-010', 'resolver 127.0.0.11 8.8.8.8 [2001:4860:4860::8888];', {
    story: 'names that the own network does not know are looked up at public servers',
    says: 'names are looked up outside of the own network: 8.8.8.8, [2001:4860:4860::8888]',
  }),
  located(
    'NGX-010',
    'location /api/ { include security-headers.conf; add_header Access-Control-Allow-Origin $http_origin always; }',
    { story: 'whoever asks may read the answers', says: 'every origin is allowed' },
  ),
  located('NGX-010', 'location /img/ { valid_referers none server_names; if ($invalid_referer) { return 403; } }', {
    story: 'a request without a referer counts as a valid one',
    says: 'a request without a referer counts as a valid one',
  }),
  ...[
    '~shop\\.example\\.com$',
    '~*^shop\\.example\\.com$',
    '~^https://shop\\.example\\.com',
    '~^https://shop\\.example\\.com/shop',
    '~^https?://shop\\.example\\.com/shop',
  ].map((origin) =>
    forAll('NGX-010', `map $http_origin $cors { default ""; ${origin} 1; }`, {
      story: `an expression for origins is open at an end: ${origin}`,
      says: 'an expression for origins is open at an end',
    }),
  ),
  ...[
    '$http_origin ~ shop\\.example\\.com$',
    '$http_referer !~* shop\\.example\\.com',
    '$http_origin !~ "(^https://shop\\.example\\.com$|localhost)"',
  ].map((test) =>
    located('NGX-010', `if (${test}) { return 403; }`, {
      story: `a test of origins is open at an end: ${test}`,
      says: 'an expression for origins is open at an end: if',
    }),
  ),
  {
    rule: 'NGX-010',
    by: 'a construct of one’s own',
    story: 'included files include one another, deeper than anybody reads',
    says: 'include own-10.conf is no single file of the image',
    build: (app) => {
      const image = soundImage(app);
      new OwnSettings(image, 'own', 'include own-1.conf;\n');
      for (let depth = 1; depth <= 10; depth++) {
        image.addFile({ target: `/etc/nginx/own-${depth}.conf`, content: `include own-${depth + 1}.conf;\n` });
      }
    },
  },
  edited('NGX-011', '$request_method !~', '$arg_method !~', {
    story: 'an argument is taken for the method',
    says: 'requests of any method are let through',
  }),
  edited('NGX-011', '$request_method !~', '$request_method ~', {
    story: 'the methods that were to be let through are refused, and no other',
    says: 'requests of any method are let through',
  }),
  ...['set $refused 1;', 'return https://shop.example.com/405;'].map((answer) =>
    edited('NGX-011', 'return 405;', answer, {
      story: `other methods are noticed and not refused: ${answer}`,
      says: 'requests of any method are let through',
    }),
  ),
  edited('NGX-011', /!~ \^\(\?:.*\)\$/, '!~* ^(?:get|post|track)$', {
    story: 'TRACK is let through in small letters',
    says: 'requests of any method are let through: TRACK',
  }),
  ...['', 'listen 127.0.0.1:9000; listen 8080;'].map((listens) =>
    forAll('NGX-011', `server { ${listens} root /data; }`, {
      story: `one more server that the world reaches takes any method: { ${listens} }`,
      says: 'requests of any method are let through',
    }),
  ),
  edited('NGX-012', 'ssl_protocols TLSv1.2 TLSv1.3;', '', {
    story: 'protocols are left to nginx',
    says: 'ssl_protocols is not set',
    props: OVER_TLS,
  }),
  edited('NGX-012', /ssl_ciphers [^;]*;/, '', {
    story: 'ciphers are left to OpenSSL',
    says: 'ssl_ciphers is not set',
    props: OVER_TLS,
  }),
  ...[
    ['HIGH:MEDIUM', 'HIGH, MEDIUM'],
    ['ECDHE+AESGCM:AES128-SHA', 'AES128-SHA'],
    ['ECDHE+AESGCM:AES128-GCM-SHA256', 'AES128-GCM-SHA256'],
    ['ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA'],
    ['kECDHE+AESGCM', 'kECDHE+AESGCM'],
    ['ECDHE+AESGCM:@SECLEVEL=0', '@SECLEVEL=0'],
  ].map(([ciphers = '', weak = '']) =>
    edited('NGX-012', 'ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL', ciphers, {
      story: `ciphers are ${ciphers}`,
      says: `ssl_ciphers lets in ${weak}`,
      props: OVER_TLS,
    }),
  ),
  ...['listen 9443 ssl; listen 9080; ssl_protocols TLSv1;', 'listen 9443; ssl ON; ssl_protocols TLSv1;'].map((text) =>
    forAll('NGX-012', `server { ${text} }`, {
      story: `old clients are served by one more server: ${text}`,
      says: 'ssl_protocols is TLSv1, not TLSv1.2 TLSv1.3',
    }),
  ),
  forAll('NGX-012', 'ssl_conf_command MinProtocol TLSv1;', {
    story: 'OpenSSL is told another protocol',
    says: 'ssl_conf_command MinProtocol TLSv1 goes round the settings of TLS',
  }),
  edited('NGX-012', /ssl_certificate_key [^;]*;/, 'ssl_certificate_key tls.key;', {
    story: 'the key is a file beside nginx.conf',
    says: 'ssl_certificate_key is not the absolute path of a mounted file',
    props: OVER_TLS,
  }),
  ...['ssl_password_file', 'ssl_session_ticket_key'].map((directive): BreakingCase => ({
    rule: 'NGX-012',
    by: 'a construct of one’s own',
    story: `a secret of TLS is put into the image: ${directive}`,
    says: `${directive} /srv/secret is a file of the image`,
    build: (app) => {
      const image = soundImage(app);
      image.addFile({ target: '/srv/secret', content: 'the secret\n' });
      image.patchFile('nginx.conf', (text) => text.replace('  sendfile on;', `$& ${directive} /srv/secret;`));
    },
  })),
  {
    rule: 'NGX-012',
    by: 'a construct of one’s own',
    story: 'a private key of an older kind is somewhere in the context',
    says: 'a private key is in the context',
    build: (app) =>
      soundImage(app).addFile({ target: '/srv/x.pem', content: `-----BEGIN RSA ${'PRIVATE'} KEY-----\nAAAA\n` }),
  },
  edited('NGX-013', 'error_log /dev/stderr warn;', '', {
    story: 'the log of errors is left to nginx',
    says: 'warnings are not logged on stderr',
  }),
  ...['/dev/stderr crit', '/var/log/nginx/error.log warn'].map((log) =>
    located('NGX-013', `error_log ${log};`, {
      story: `one server logs errors at ${log}`,
      says: `error_log ${log} is not stderr at one of the levels info, notice, warn`,
    }),
  ),
  forAll('NGX-013', 'log_format own $http_authorization by $host;', {
    story: 'a format of several words holds a password',
    says: 'the log format own holds $http_authorization',
  }),
  located('NGX-013', 'location = /pay { access_log /var/log/nginx/pay.log; }', {
    story: 'one page is logged to a file',
    says: 'the log goes to /var/log/nginx/pay.log, not to stdout',
  }),
  located('NGX-013', 'access_log off;', {
    story: 'the server of the application is not logged',
    says: 'the log is switched off for all of server',
  }),
  edited('NGX-014', 'daemon off;', 'daemon on;', {
    story: 'nginx is told to go into the background',
    says: 'nginx goes into the background',
  }),
  edited('NGX-014', 'daemon off;', '$& master_process OFF;', {
    story: 'nginx has one process',
    says: 'nginx has no master process',
  }),
  ...['pid /run/nginx.pid;', 'client_body_temp_path /tmp/nginx-client-body;'].map((line) =>
    edited('NGX-014', line, '', {
      story: `a place is left to nginx: ${line}`,
      says: `${line.split(' ')[0]} is not set, and its default is on the read-only root`,
    }),
  ),
  ...['/var/lib/nginx.pid', '/data/nginx.pid', '/run/../var/nginx.pid'].map((place) =>
    edited('NGX-014', 'pid /run/nginx.pid;', `pid ${place};`, {
      story: `the file of the pid is on the root or on a volume, where it outlives nginx: ${place}`,
      says: `pid ${place} is not below a writable path`,
    }),
  ),
  edited('NGX-014', 'daemon off;', '$& lock_file /var/lock/nginx.lock;', {
    story: 'the lock is on the read-only root',
    says: 'lock_file /var/lock/nginx.lock is not below a writable path',
  }),
  forAll('NGX-014', 'proxy_cache_path /var/cache/nginx keys_zone=pages:10m;', {
    story: 'a cache is on the read-only root',
    says: 'proxy_cache_path /var/cache/nginx is not below a writable path',
  }),
  ...['Proxy $http_proxy', 'X-Real-IP ""'].map((header) =>
    located('NGX-014', `location /api/ { proxy_set_header ${header}; proxy_pass http://127.0.0.1:3000; }`, {
      story: `a header named Proxy reaches a program beside, where another is set: ${header}`,
      says: 'a header named Proxy is handed on by proxy_pass',
    }),
  ),
  edited('NGX-014', 'fastcgi_param SCRIPT_NAME /index.php;', '$& fastcgi_param HTTP_PROXY $http_proxy;', {
    story: 'the Proxy header is emptied and then set after all',
    says: 'a header named Proxy is handed on by fastcgi_pass',
  }),
  {
    rule: 'NGX-002',
    by: 'raw text',
    story: 'nginx.conf is put into its place by other ways than all other files, and tells a version',
    says: 'amd64/nginx.conf:',
    build: (app) => {
      const image = soundImage(app);
      image.patchFile('scripts/assemble.sh', (text) => text.replace(/^.*\bput .*\bnginx\.conf .*$/m, ''));
      image.patchFile('nginx.conf', (text) => text.replace('server_tokens off;', 'server_tokens on;'));
    },
  },
];
