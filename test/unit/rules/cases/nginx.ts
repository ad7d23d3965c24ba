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
  told: { readonly story: string; readonly says: string },
): BreakingCase {
  return edited(rule, '  root /var/www/html/public;', `$&\n    ${location}`, told);
}

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
];
