import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine, tryDocker } from './engine';
import type { Manifest } from '../../src/synth';
import { verifyImage, type CheckPack, type VerifiedImage } from '../../src/verify';
import {
  CONFIG_PACK,
  FILES_PACK,
  HEALTH_PACK,
  HTTP_PACK,
  LIBRARIES_PACK,
  LIFECYCLE_PACK,
  LIMITS_PACK,
  LOGS_PACK,
  PHP_PACK,
  PROCESS_PACK,
} from '../../src/verify/packs';

const OUTPUT = join(__dirname, '../../output');
const NAME = 'nginx-php-fpm-8.4-debian';
const GOOD = 'projen-nginx-php-e2e:8.4-debian-amd64';
const manifest = (): VerifiedImage =>
  (JSON.parse(readFileSync(join(OUTPUT, 'manifest.json'), 'utf8')) as Manifest).images[NAME]!;

/** What was broken, and what the check that sees it says. */
type Flaws = Readonly<Record<string, RegExp>>;

interface Breakage {
  /** PHP code that runs as root while the image is built; `edit(FILE, FROM, TO)` must find what it replaces. */
  readonly code: string;
  /** Instructions of the Dockerfile after it. */
  readonly instructions?: readonly string[];
  readonly packs: readonly CheckPack[];
  readonly manifest?: Partial<VerifiedImage>;
  readonly securityOptions?: readonly string[];
}

const EDIT = `
function edit(string $file, string $from, string $to): void {
    $text = file_get_contents($file);
    if (strpos($text, $from) === false) { fwrite(STDERR, "$from is not in $file"); exit(1); }
    file_put_contents($file, substr_replace($text, $to, strpos($text, $from), strlen($from)));
}
`;

/** The checks that fail of an image that was broken on purpose, with what they saw. */
async function failuresOf(breakage: Breakage): Promise<Record<string, string>> {
  const tag = `projen-nginx-php-e2e:broken-${process.pid}`;
  const context = mkdtempSync(join(tmpdir(), 'broken-'));
  try {
    const dockerfile = [
      `FROM ${GOOD}`,
      'USER 0:0',
      `RUN ${JSON.stringify(['php', '-r', EDIT + breakage.code])}`,
      'USER 10001:10001',
      ...(breakage.instructions ?? []),
    ].join('\n');
    execFileSync('docker', ['buildx', 'build', '--load', '--provenance=false', `--tag=${tag}`, '--file=-', context], {
      input: dockerfile,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const report = await verifyImage({
      image: tag,
      manifest: { ...manifest(), ...breakage.manifest },
      packs: breakage.packs,
      securityOptions: breakage.securityOptions,
    });
    const failed = report.checks.filter(({ passed }) => !passed);
    return Object.fromEntries(failed.map(({ id, seen }) => [id, seen]));
  } finally {
    tryDocker('rmi', '--force', tag);
    rmSync(context, { recursive: true });
  }
}

/** Exactly these checks failed, and each says what was broken. */
function expectExactly(failures: Readonly<Record<string, string>>, flaws: Flaws): void {
  expect(Object.keys(failures).sort()).toEqual(Object.keys(flaws).sort());
  for (const [id, seen] of Object.entries(flaws)) {
    expect(`${id}: ${failures[id]}`).toMatch(seen);
  }
}

describeWithEngine('a verification of an image that was broken on purpose', () => {
  beforeAll(() => build(join(OUTPUT, NAME, 'amd64'), GOOD), 600_000);

  it('names every flaw in its files and its configuration, and nothing else', async () => {
    // WHEN
    const failures = await failuresOf({
      packs: [CONFIG_PACK, FILES_PACK],
      code: String.raw`
        chmod('/usr/bin/env', 04755);
        mkdir('/var/open');
        chmod('/var/open', 0777);
        chown('/etc/nginx/mime.types', 10001);
        chmod('/etc/php-fpm.conf', 0664);
        copy('/usr/bin/env', '/usr/bin/curl');
        mkdir('/root');
        file_put_contents('/root/.bash_history', 'export PASSWORD=secret');
        unlink('/usr/share/doc/nginx/copyright');
        edit('/var/lib/dpkg/status', "Package: s6\n", "Package: other\n");`,
      instructions: ['ENV API_TOKEN=secret', 'EXPOSE 9000', 'USER 0'],
    });
    // THEN
    expectExactly(failures, {
      'config/no-secrets': /API_TOKEN$/,
      'config/ports': /8080\/tcp, 9000\/tcp/,
      'config/user': /USER 0/,
      'files/left-over': /\/root\/\.bash_history$/,
      'files/ownership':
        /\/etc\/nginx\/mime\.types is 644 of 10001:0; \/etc\/php-fpm\.conf is 664 of 0:0|664 of 0:0; .*10001:0/,
      'files/package-database': /s6 is not in it; other has no list of files; .*\/usr\/share\/doc\/nginx\/copyright/,
      'files/setuid': /\/usr\/bin\/env is 4755$/,
      'files/unwanted-programs': /\/usr\/bin\/curl$/,
      'files/world-writable': /\/var\/open is 777$/,
    });
  }, 120_000);

  it('names every flaw in what it answers and logs, and nothing else', async () => {
    // WHEN
    const failures = await failuresOf({
      packs: [HEALTH_PACK, HTTP_PACK, LIMITS_PACK, LOGS_PACK],
      code: String.raw`
        $nginx = '/etc/nginx/nginx.conf';
        edit($nginx, '/\.(?!well-known/)', '/\.(?!well-known/|git/)');
        edit($nginx, '|sql|', '|');
        edit($nginx, '|pht)', ')');
        edit($nginx, 'include /run/nginx-ipv6/8080-default_server/*.conf;', '');
        edit($nginx, 'server_tokens off', 'server_tokens on');
        edit($nginx, 'include /etc/nginx/mime.types;', '');
        edit($nginx, 'access_log off;', '');
        edit($nginx, 'escape=json', 'escape=none');
        edit($nginx, '4 8k', '4 256k');
        edit($nginx, 'client_max_body_size 10m', 'client_max_body_size 20m');
        edit($nginx, 'root /var', 'client_max_body_size 5m; root /var');
        edit($nginx, 'tcp_nopush on;', 'tcp_nopush on; set_real_ip_from 0.0.0.0/0; real_ip_header X-Forwarded-For;');
        edit($nginx, 'location = /index.php {', 'location = /index.php { add_header X-Extra yes;');
        edit($nginx, 'location / {', 'location /lib { alias /var/www/html/public/; } location = /nginx-status { stub_status; } location / {');
        edit($nginx, '  server {', '  server { listen 8080; server_name kubernetes.invalid; return 404; } server {');
        edit('/etc/nginx/fastcgi.conf', 'fastcgi_param HTTP_PROXY "";', '');
        edit('/etc/php-fpm.conf', 'log_limit = 8192', 'log_limit = 1024');
        edit('/etc/php-fpm.conf', 'php_admin_flag[display_errors] = Off', 'php_admin_flag[display_errors] = On');`,
      instructions: ['HEALTHCHECK --interval=30s CMD ["/usr/bin/php", "-r", "exit(1);"]'],
      manifest: { serverNames: ['localhost'] },
    });
    // THEN
    expectExactly(failures, {
      'health/health-check': /starting, never passed/,
      'health/health-client': /^health\/health-client: \d+ ms, the middle one of 7; status 1$/,
      'health/ping': /kubernetes\.invalid: 404/,
      'health/ping-not-logged': /\/ping/,
      'health/status-pages': /\/nginx-status$/,
      'http/errors-say-nothing': /the client reads: .*the reason of the failure/s,
      'http/forwarded-for': /PHP takes 203\.0\.113\.77 for the client; .*the log takes/,
      'http/hidden-files': /: \/\.git\/config answers 200 with the content of the file$/,
      'http/ipv6': /nothing listens on \[::\]:8080$/,
      'http/left-behind': /: \/backup\.sql answers 200 with the content of the file; \/backup\.sql\.gz [^;]*$/,
      'http/no-versions': /nginx\/1\./,
      'http/other-php': /: \/old\.pht answers 200 .*; \/page\.phtml answers 200 with the content of the file$/,
      'http/proxy-header': /forged\.invalid/,
      'http/security-headers': /200 \/page: x-content-type-options: missing/,
      'http/static-files': /\/style\.css answers 200, application\/octet-stream/,
      'http/traversal': /: \/lib\.\.\/outside\.txt shows a file beside the document root$/,
      'http/unknown-hosts': /forged\.invalid is answered 200; 127\.0\.0\.1 is answered 200/,
      'http/without-php': /502: x-content-type-options: missing/,
      'limits/agreement': /nginx takes 20971520 bytes, PHP 10485760/,
      'limits/body-size': /20971520 bytes do not arrive whole: 413/,
      'limits/header-size': /header of 64 KB answers 200/,
      'logs/error-log': /characters/,
      'logs/requests': /no JSON/,
    });
  }, 120_000);

  it('names every flaw in its PHP, its libraries and its processes, and nothing else', async () => {
    // WHEN
    const failures = await failuresOf({
      packs: [PHP_PACK, LIBRARIES_PACK, PROCESS_PACK],
      code: String.raw`
        edit('/etc/php-fpm.conf', 'php_admin_flag[session.use_strict_mode] = On', 'php_flag[session.use_strict_mode] = Off');
        edit('/etc/php/8.4/fpm/php.ini', 'opcache.enable = On', 'opcache.enable = Off');
        symlink('/etc/php/8.4/mods-available/ffi.ini', '/etc/php/8.4/cli/conf.d/20-ffi.ini');
        unlink('/etc/ssl/certs/ca-certificates.crt');
        array_map('unlink', glob('/usr/lib/*/gconv/SJIS.so'));
        unlink('/etc/services');
        file_put_contents('/etc/nsswitch.conf', "hosts: dns\n");
        unlink('/usr/share/zoneinfo/Europe/Prague');
        chown('/data', 0);
        chmod('/data', 0755);`,
      instructions: ['USER 10003:0'],
      manifest: {
        php: { version: '8.3', extensions: ['intl', 'pcntl', 'imagick'], uploads: true, cliOnlyExtensions: ['pcntl'] },
        writablePaths: [
          ...manifest().writablePaths,
          { path: '/usr/share/doc', kind: 'tmpfs', exec: false, mode: '0775' },
        ],
      },
      securityOptions: ['seccomp=unconfined'],
    });
    // THEN
    expectExactly(failures, {
      'libraries/certificates': /: 0$/,
      'libraries/iconv': /: ""$/,
      'libraries/name-service': /"localhost"$/,
      'libraries/services': /false$/,
      'libraries/time-zones': /Europe\/Prague/,
      'php/extensions': /: imagick is not loaded in the server; imagick is not loaded in the command line$/,
      'php/opcache': /: off/,
      'php/other-extensions': /: .*; ffi is loaded; /,
      'php/sessions': /a forged id is accepted/,
      'php/settings': /session\.use_strict_mode is "0?"$/,
      'php/settings-fixed': /session\.use_strict_mode/,
      'php/version': /server 8\.4, command line 8\.4, manifest 8\.3/,
      'process/identity': /Uid 10003\s+10003\s+10003\s+10003/,
      'process/seccomp': /Seccomp 0/,
      'process/writable-paths': /: \/data cannot be written to$/,
    });
  }, 120_000);

  it('names every flaw in how it starts, is repaired and stops, and nothing else', async () => {
    // WHEN
    const failures = await failuresOf({
      packs: [LIFECYCLE_PACK],
      code: String.raw`
        edit('/etc/s6/init', '|| exec "$@"', '|| { "$@"; exit 0; }');
        edit('/etc/s6/init', 'end "the start-up step configure failed"', ':');
        edit('/etc/nginx/nginx.conf', 'include /run/nginx.d/*.conf;', '');
        foreach (['nginx' => '/usr/sbin/nginx', 'php-fpm' => '/usr/sbin/php-fpm'] as $name => $program) {
            edit("/etc/s6/service/$name/run", "\n$program", "\nforeground { sleep 1.2 }\n$program");
            edit("/etc/s6/service/$name/finish", 'echo 1 >/run/exit-code', '');
        }
        file_put_contents('/etc/s6/service/.s6-svscan/SIGTERM', "#!/bin/sh\nsleep 1\nexec s6-svscanctl -t /run/service\n");
        chmod('/var/lib/php/sessions', 0700);`,
    });
    // THEN
    expectExactly(failures, {
      'lifecycle/bad-setting': /it still runs/,
      'lifecycle/crash-loop': /ended with status 0$/,
      'lifecycle/graceful-stop': /a request was (?:broken off|answered)/,
      'lifecycle/nginx-killed': /\d{4} ms until the last/,
      'lifecycle/one-off-command': /status 0, "cli"/,
      'lifecycle/other-user': /a session answers|\/var\/lib\/php\/sessions cannot be written to/,
      'lifecycle/php-fpm-killed': /\d{4} ms until the last/,
      'lifecycle/refuses-while-stopping': /: (?:1[0-9]{3}|[0-9]{5}) ms after the signal/,
      'lifecycle/settings-at-start': /a body over the limit answers nothing/,
    });
  }, 240_000);
});
