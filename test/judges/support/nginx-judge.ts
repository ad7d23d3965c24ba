import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Judge, Verdict } from './judge';
import type { Context } from './output';

export const NGINX = '/usr/sbin/nginx';
export const OPENSSL = '/usr/bin/openssl';

/** Directives with a path or a port, and how that is moved for a test on this machine. Nothing else is changed. */
export const MOVED: Readonly<Record<string, (argument: string, place: Place) => string>> = {
  include: (path, { config }) =>
    path === '/etc/nginx/mime.types' ? path : path.replace(/^\/etc\/nginx\//, `${config}/config/`),
  pid: (path, { config }) => `${config}${path.replace('/run/', '/')}`,
  error_log: (path, { config }) => (path === '/dev/stderr' ? `${config}/error.log` : path),
  access_log: (path, { config }) => (path === '/dev/stdout' ? `${config}/access.log` : path),
  ...Object.fromEntries(
    ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name) => [
      `${name}_temp_path`,
      (path: string, { config }: Place) => path.replace(/^\/tmp\//, `${config}/`),
    ]),
  ),
  ssl_certificate: (path, { config }) => (path.startsWith('/') ? `${config}/tls.crt` : path),
  ssl_certificate_key: (path, { config }) => (path.startsWith('/') ? `${config}/tls.key` : path),
  // A user without privileges cannot bind a port below 1024; ports stay as different as they were.
  listen: (argument, { port }) => argument.replace(/\d+$/, (text) => String(port(Number(text)))),
};

interface Place {
  readonly config: string;
  readonly port: (port: number) => number;
}

export function move(text: string, place: Place): string {
  return text
    .split('\n')
    .map((line) => {
      const [, indent, name, argument, rest] = /^(\s*)(\w+) (\S+?)((?: .*)?;)$/.exec(line) ?? [];
      const mover = name === undefined ? undefined : MOVED[name];
      return mover === undefined ? line : `${indent}${name} ${mover(argument!, place)}${rest}`;
    })
    .join('\n');
}

function portMap(): (port: number) => number {
  const ports: number[] = [];
  return (port) => {
    if (!ports.includes(port)) ports.push(port);
    return 47_000 + ports.indexOf(port);
  };
}

let certificate: { crt: string; key: string } | undefined;

/** `nginx -t` on a context, as a user without privileges. */
export function judgeNginx(judge: Judge, context: Context): Verdict {
  const files = [...context].filter(([path]) => path === 'nginx.conf' || /^config\/[^/]+\.conf$/.test(path));
  const port = portMap();
  const { crt, key } = (certificate ??= makeCertificate());
  return judge.withFiles(
    (config) => [
      ...files.map(([path, text]) => [path, move(text, { config, port })] as const),
      ['tls.crt', crt],
      ['tls.key', key],
    ],
    (config) => judge.run(NGINX, ['-t', '-e', 'stderr', '-c', `${config}/nginx.conf`]),
  );
}

/** Every line that is not one of the two of success. */
export function complaints({ status, stderr, stdout }: Verdict): string[] {
  const lines = `${stderr}\n${stdout}`.split('\n').filter((line) => line !== '');
  const success = /^nginx: (?:the configuration file \S+ syntax is ok|configuration file \S+ test is successful)$/;
  return [...lines.filter((line) => !success.test(line)), ...(status === 0 ? [] : [`exit status ${status}`])];
}

function makeCertificate(): { crt: string; key: string } {
  const directory = mkdtempSync(join(tmpdir(), 'judge-tls-'));
  try {
    const [key, crt] = [join(directory, 'tls.key'), join(directory, 'tls.crt')];
    const made = spawnSync(OPENSSL, [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=example.com', '-keyout', key, '-out', crt],
    ]);
    expect(made.status).toBe(0);
    return { crt: readFileSync(crt, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
