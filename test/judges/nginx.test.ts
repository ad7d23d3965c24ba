import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareVersions, describeWithJudge, Judge, type Verdict } from './support/judge';
import {
  ARCHITECTURES,
  distinct,
  manifestImages,
  readContext,
  referenceSubjects,
  type Context,
  type Subject,
} from './support/output';
import { nginxOf } from './support/releases';
import { variantSubjects } from './support/variants';

const NGINX = '/usr/sbin/nginx';
const OPENSSL = '/usr/bin/openssl';

/** Directives with a path or a port, and how that is moved for a test on this machine. Nothing else is changed. */
const MOVED: Readonly<Record<string, (argument: string, place: Place) => string>> = {
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

function move(text: string, place: Place): string {
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
function judgeNginx(judge: Judge, context: Context): Verdict {
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
function complaints({ status, stderr, stdout }: Verdict): string[] {
  const lines = `${stderr}\n${stdout}`.split('\n').filter((line) => line !== '');
  const success = /^nginx: (?:the configuration file \S+ syntax is ok|configuration file \S+ test is successful)$/;
  return [...lines.filter((line) => !success.test(line)), ...(status === 0 ? [] : [`exit status ${status}`])];
}

/** From 1.25.1 nginx wants `http2 on`, which the nginx of older releases does not know. */
const HTTP2_OF_OLD =
  /\[warn\] \d+#\d+: the "listen \.\.\. http2" directive is deprecated, use the "http2" directive instead in /;

function excused(complaint: string, subject: Subject): boolean {
  return compareVersions(nginxOf(subject.platform, subject.release), '1.25.1') < 0 && HTTP2_OF_OLD.test(complaint);
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

const subjects = [...referenceSubjects(), ...variantSubjects()];
const judges = Judge.all.map((judge) => ({ judge, version: judge.version(NGINX) }));

/** Those that are not older than the release's own nginx. */
function judgesOf(subject: Subject): Array<{ judge: Judge; version: string | undefined }> {
  const own = nginxOf(subject.platform, subject.release);
  return judges.filter(({ version }) => version !== undefined && compareVersions(version, own) >= 0);
}

describe.each(judges)('nginx $version of $judge.name', ({ judge, version }) => {
  const mine = subjects.filter((subject) => judgesOf(subject).some((other) => other.judge === judge));

  describeWithJudge('as a user without privileges', judge.lacks(NGINX) ?? Judge.host.lacks(OPENSSL), () => {
    it.each(mine.map((subject) => [subject.name, subject] as const))(`accepts %s without a word`, (_, subject) => {
      const verdict = judgeNginx(judge, subject.context);
      expect(complaints(verdict).filter((line) => !excused(line, subject))).toEqual([]);
    });

    it('complains of a directive that it does not know, of a user, and of a file that is not there', () => {
      // GIVEN
      const { context } = mine[0]!;
      const spoilt = (line: string) => new Map([...context, ['nginx.conf', `${line}\n${context.get('nginx.conf')}`]]);
      // THEN
      expect(complaints(judgeNginx(judge, spoilt('no_such_directive on;'))).join()).toContain('[emerg]');
      expect(complaints(judgeNginx(judge, spoilt('user www-data;'))).join()).toContain('[warn]');
      expect(complaints(judgeNginx(judge, spoilt('include /etc/nginx/absent.conf;'))).join()).toContain('[emerg]');
    });

    it('is no older than the releases that it judges', () => {
      for (const { platform, release } of mine) {
        expect(compareVersions(version!, nginxOf(platform, release))).toBeGreaterThanOrEqual(0);
      }
    });
  });
});

describeWithJudge(
  'the judges of nginx together',
  Judge.all.map((judge) => judge.lacks(NGINX)).find((reason) => reason !== undefined),
  () => {
    it('leave no image without a judge', () => {
      expect(subjects.filter((subject) => judgesOf(subject).length === 0).map(({ name }) => name)).toEqual([]);
    });
  },
);

describe('the reference matrix', () => {
  it.each(manifestImages().map(([name]) => name))(
    'has the same files for both architectures of %s, the Dockerfile apart',
    (name) => {
      const [amd64, arm64] = ARCHITECTURES.map((architecture) => readContext(name, architecture));
      expect([...arm64!.keys()]).toEqual([...amd64!.keys()]);
      const different = [...amd64!].filter(([path, text]) => arm64!.get(path) !== text).map(([path]) => path);
      expect(different).toEqual(['Dockerfile']);
    },
  );

  it('moves nothing but paths and ports for the judges', () => {
    const texts = distinct(subjects.map(({ name, context }) => [name, context.get('nginx.conf')!] as const));
    for (const { text } of texts) {
      const moved = move(text, { config: '/moved', port: (port) => port }).split('\n');
      const changed = text.split('\n').filter((line, index) => line !== moved[index]);
      const names = changed.map((line) => line.trim().split(' ')[0]!);
      expect(names.filter((name) => !(name in MOVED))).toEqual([]);
      expect(moved.length).toBe(text.split('\n').length);
    }
  });
});
