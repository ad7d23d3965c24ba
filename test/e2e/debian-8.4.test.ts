import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ARCHITECTURE, build, describeWithEngine, docker, PATIENCE, tryDocker } from './engine';
import { eventually } from './eventually';
import { listImage } from './image-files';
import { Server } from './server';

const CONTEXT = join(__dirname, '../../output/nginx-php-fpm-8.4-debian', ARCHITECTURE);
const APPLICATION = join(__dirname, 'app');
const IMAGE = `projen-nginx-php-e2e:8.4-debian-${ARCHITECTURE}`;

const PLATFORM = `--platform=linux/${ARCHITECTURE}`;

const BUILD_TIME = 600_000 * PATIENCE;

jest.setTimeout(30_000 * PATIENCE);

describeWithEngine(
  `the committed context of PHP 8.4 on Debian for ${ARCHITECTURE}, built as it is and run under every flag`,
  () => {
    let server: Server;

    beforeAll(async () => {
      build(CONTEXT, IMAGE);
      server = await Server.start({
        image: IMAGE,
        name: `projen-nginx-php-e2e-${ARCHITECTURE}`,
        application: APPLICATION,
      });
    }, BUILD_TIME);

    afterAll(() => server?.remove());

    it('answers a route of the front controller, as user 10001', async () => {
      // WHEN
      const response = await server.fetch('/hello?name=nginx');
      // THEN
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        hello: 'nginx',
        uid: 10001,
        php: expect.stringMatching(/^8\.4\./),
      });
    });

    it('keeps a session between requests', async () => {
      // GIVEN
      const first = await server.fetch('/session');
      const cookie = first.headers.getSetCookie()[0]!;
      // WHEN
      const second = await server.fetch('/session', { headers: { Cookie: cookie.split(';')[0]! } });
      // THEN
      expect(await first.json()).toEqual({ visits: 1 });
      expect(await second.json()).toEqual({ visits: 2 });
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Lax/i);
    });

    it('does not accept a session id that it did not give', async () => {
      const response = await server.fetch('/session', { headers: { Cookie: 'PHPSESSID=attackerchosen' } });
      expect(response.headers.getSetCookie()[0]).not.toContain('attackerchosen');
    });

    it('takes an upload, byte for byte', async () => {
      // GIVEN a file larger than nginx's buffers
      const bytes = randomBytes(3 << 20);
      const form = new FormData();
      form.set('file', new Blob([bytes]), 'picture.bin');
      // WHEN
      const response = await server.fetch('/upload', { method: 'POST', body: form });
      // THEN
      expect(await response.json()).toEqual({
        error: 0,
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    });

    it('refuses a body that is too large', async () => {
      const response = await server.fetch('/upload', { method: 'POST', body: Buffer.alloc(11 << 20) });
      expect(response.status).toBe(413);
    });

    it('writes to and reads from SQLite on the declared volume', async () => {
      // WHEN
      await server.fetch('/notes', { method: 'POST', body: 'příliš žluťoučký' });
      const notes = await server.fetch('/notes');
      // THEN
      expect(await notes.json()).toEqual(['příliš žluťoučký']);
    });

    it('answers 500 without a word of why, and logs why', async () => {
      // WHEN
      const response = await server.fetch('/fail');
      // THEN
      expect(response.status).toBe(500);
      expect(await response.text()).toBe('');
      expect(server.logs().stderr).toContain('the secret reason of the failure');
    });

    it('serves static files with the security headers', async () => {
      const response = await server.fetch('/style.css');
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/css');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    });

    it.each(['/hello', '/fail', '/style.css', '/other.php', '/nothing-here'])(
      'says no version of anything on %s',
      async (path) => {
        const response = await server.fetch(path);
        expect(response.headers.get('server')).toBe('nginx');
        expect(response.headers.has('x-powered-by')).toBe(false);
        expect(response.headers.get('x-frame-options')).toBe('SAMEORIGIN');
      },
    );

    it.each(['/other.php', '/.env', '/backup.sql', '/index.php/extra', '/.git/config', '/../passwd'])(
      'answers 404 to %s',
      async (path) => {
        const response = await server.fetch(path);
        expect(response.status).toBe(404);
        expect(await response.text()).not.toMatch(/must never run|secret|dump/);
      },
    );

    it('never gives the header Proxy to PHP', async () => {
      const response = await server.fetch('/environment', { headers: { Proxy: 'http://attacker.invalid' } });
      expect(JSON.stringify(await response.json())).not.toContain('attacker');
    });

    it('shows no status page to the outside', async () => {
      for (const path of ['/fpm-status', '/nginx-status']) {
        const response = await server.fetch(path);
        expect(response.status).toBe(404);
      }
    });

    it('logs a request as one line of JSON on stdout, and no ping', async () => {
      // WHEN
      await server.fetch('/hello?logged="quoted"');
      const logged = await eventually(() => requests(server).find(({ uri }) => uri.startsWith('/hello?logged=')));
      // THEN
      expect(logged).toMatchObject({ status: 200 });
      expect(requests(server).map(({ uri }) => uri)).not.toContain('/ping');
    });

    it('is healthy by its own health check', async () => {
      for (
        let attempt = 0;
        attempt < 50 * PATIENCE && server.inspect('{{.State.Health.Status}}') === 'starting';
        attempt++
      ) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(server.inspect('{{.State.Health.Status}}')).toBe('healthy');
    });

    it('runs without root, capabilities and new privileges, on a root that cannot be written', () => {
      // WHEN
      const status = server.exec('cat', '/proc/1/status').stdout;
      // THEN
      expect(status).toMatch(/^Uid:\s+10001\s+10001\s+10001\s+10001$/m);
      expect(status).toMatch(/^CapEff:\s+0{16}$/m);
      expect(status).toMatch(/^CapBnd:\s+0{16}$/m);
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
      for (const path of ['/etc/x', '/usr/x', '/var/www/html/x', '/x']) {
        expect(server.exec('touch', path).stderr).toMatch(/Read-only file system|Permission denied/);
      }
    });

    it('runs a one-off command without the servers and gives back its exit status', () => {
      const { status, stdout } = tryDocker(
        'run',
        '--rm',
        '--read-only',
        PLATFORM,
        IMAGE,
        'php',
        '-r',
        'echo PHP_SAPI; exit(7);',
      );
      expect(stdout).toBe('cli');
      expect(status).toBe(7);
    });

    it('starts as another user with group 0, as OpenShift gives', async () => {
      // GIVEN
      const other = await Server.start({
        image: IMAGE,
        name: `projen-nginx-php-e2e-uid-${ARCHITECTURE}`,
        application: APPLICATION,
        user: '123456:0',
      });
      try {
        // WHEN
        const response = await other.fetch('/hello');
        // THEN
        expect(await response.json()).toMatchObject({ uid: 123456 });
      } finally {
        other.remove();
      }
    });

    it('has no setuid file, no package manager, and nothing that the server may write but what is declared', () => {
      // GIVEN
      const entries = listImage(IMAGE);
      // WHEN
      const special = entries.filter(({ mode }) => /s/i.test(mode));
      const writable = entries.filter(
        ({ mode, owner }) => /10001/.test(owner) || (!mode.startsWith('l') && mode[8] === 'w'),
      );
      const programs = entries.filter(({ mode }) => mode.startsWith('-') && mode.includes('x')).map(({ path }) => path);
      // THEN
      expect(special).toEqual([]);
      expect(writable.map(({ path }) => path).sort()).toEqual(['data/', 'run/', 'tmp/', 'var/lib/php/sessions/']);
      expect(programs.filter((path) => UNWANTED.test(path))).toEqual([]);
      expect(programs).toContain('usr/sbin/nginx');
    });

    it('lists in its package database exactly the packages that it has', () => {
      const status = docker('run', '--rm', PLATFORM, '--entrypoint=cat', IMAGE, '/var/lib/dpkg/status');
      const packages = [...status.matchAll(/^Package: (.+)$/gm)].map(([, name]) => name);
      expect(packages).toEqual(expect.arrayContaining(['libc6', 'nginx', 'php8.4-fpm', 's6']));
      for (const absent of ['apt', 'bash', 'dpkg', 'perl-base', 'systemd']) {
        expect(packages).not.toContain(absent);
      }
    });

    it('stops with status 0 when it is asked to', () => {
      expect(server.stop()).toBe(0);
    });
  },
);

/** The requests that were logged. */
function requests(server: Server): Array<{ uri: string; status: number }> {
  const lines = server.logs().stdout.trim().split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as { uri: string; status: number });
}

/** Package managers, compilers, downloaders, shells beyond one, and programs that change who runs. */
const UNWANTED =
  /\/(?:apt[\w-]*|bash|busybox|curl|dpkg[\w-]*|gcc[\w-]*|mount|nc|newgrp|passwd|perl[\w.]*|python[\w.]*|su|sudo|wget)$/;
