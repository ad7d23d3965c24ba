import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine } from './engine';
import { Server } from './server';
import { ImageApp, ImageConstruct } from '../../src';

const IMAGE = 'projen-nginx-php-e2e:requests';

describeWithEngine('an image with named hosts, its own methods, limits and grants', () => {
  let server: Server;
  let directory: string;

  beforeAll(async () => {
    // GIVEN
    directory = mkdtempSync(join(tmpdir(), 'requests-'));
    const app = new ImageApp({ outdir: join(directory, 'output') });
    new ImageConstruct(app, 'shop', {
      platform: 'debian',
      architectures: ['amd64'],
      php: {
        version: '8.4',
        uploads: false,
        grants: [
          { function: 'proc_open', reason: 'thumbnails by another program' },
          { setting: 'session.cookie_secure', reason: 'a network of our own without TLS' },
        ],
      },
      nginx: {
        serverNames: ['shop.example.com'],
        methods: ['GET', 'HEAD', 'POST', 'PROPFIND'],
        limits: { connections: 16, requestsPerSecond: 200 },
      },
    });
    app.synth();
    build(join(directory, 'output/shop/amd64'), IMAGE);
    server = await Server.start({
      image: IMAGE,
      name: 'projen-nginx-php-e2e-requests',
      application: join(__dirname, 'app'),
    });
  }, 600_000);

  afterAll(() => {
    server?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The answer to a request of these lines, as it comes over the wire; empty where the server hangs up. */
  function answer(...lines: readonly string[]): Promise<string> {
    const [host = '', port = ''] = server.address(8080).split(':');
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(Number(port), host, () =>
        socket.write([...lines, 'Connection: close', '', ''].join('\r\n')),
      );
      socket.setEncoding('utf8').setTimeout(10_000, () => socket.destroy(new Error('no answer')));
      socket.on('data', (chunk: string) => (text += chunk));
      socket.on('error', reject).on('close', () => resolve(text));
    });
  }

  const get = (path: string, host = 'shop.example.com') => answer(`GET ${path} HTTP/1.1`, `Host: ${host}`);

  it('counts the requests of a second, but not the health check, which a proxy asks for from everybody’s address', async () => {
    // WHEN
    const statuses = async (path: string): Promise<string[]> => {
      const request = [`GET ${path} HTTP/1.1`, 'Host: shop.example.com', ''];
      const text = await answer(...Array.from({ length: 599 }, () => request).flat(), ...request.slice(0, 2));
      return [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status!);
    };
    const checks = await statuses('/ping');
    const others = await statuses('/PING');
    // THEN
    expect(checks).toEqual(Array(600).fill('200'));
    expect(others.filter((status) => status === '429').length).toBeGreaterThan(100);
    // The next second is another.
    await new Promise((resolve) => setTimeout(resolve, 2000));
  });

  it('refuses a host that nobody named, and answers the health check on any', async () => {
    expect(await get('/hello', 'evil.example')).toBe('');
    expect(await get('/ping', 'evil.example')).toMatch(/^HTTP\/1.1 200 [^]*x-frame-options: SAMEORIGIN[^]*pong/i);
  });

  it('tells PHP the host that was checked, not the one of a header beside', async () => {
    const lines = await answer('GET http://shop.example.com/host HTTP/1.1', 'Host: evil.example:81');
    expect(lines).toContain('{"host":"shop.example.com:81"}');
    expect(await get('/host', 'shop.example.com:8080')).toContain('{"host":"shop.example.com:8080"}');
    expect(await get('/host')).toContain('{"host":"shop.example.com"}');
  });

  it.each([
    ['PROPFIND', '200'],
    ['GET', '200'],
    ['DELETE', '405'],
    ['TRACK', '405'],
    ['TRACE', '405'],
  ])('answers %s with %s', async (method, status) => {
    const told = await answer(`${method} /hello HTTP/1.1`, 'Host: shop.example.com');
    expect(told).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(told).toMatch(/x-content-type-options: nosniff/i);
  });

  it('answers 429 to an address that has more requests in flight than it may, and says so in one log alone', async () => {
    // WHEN
    const answers = await Promise.all(Array.from({ length: 40 }, () => get('/slow')));
    // THEN
    const statuses = answers.map((text) => text.slice('HTTP/1.1 '.length, 12));
    expect(statuses.filter((status) => status === '200').length).toBeGreaterThanOrEqual(16);
    expect(statuses).toContain('429');
    expect(statuses.filter((status) => status !== '200' && status !== '429')).toEqual([]);
    expect(server.logs().stderr).not.toContain('limiting');
    expect(await get('/hello')).toMatch(/^HTTP\/1.1 200 /);
  });

  it('lets a web request start what was granted and nothing else, and the command line everything', async () => {
    const functions = await get('/functions');
    expect(functions).toContain(
      '{"dl":false,"exec":false,"proc_open":true,"putenv":false,"shell_exec":false,"system":false}',
    );
    const { stdout } = server.exec('php', '-r', 'echo json_encode([function_exists("exec"), putenv("A=b")]);');
    expect(stdout).toBe('[true,true]');
  });

  it('leaves a granted setting to PHP, and fixes the others', async () => {
    const cookie = /^set-cookie: (.*)$/im.exec(await get('/session'))?.[1];
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    expect(cookie).not.toMatch(/secure/i);
    expect(await get('/settings?names[]=file_uploads&names[]=session.use_strict_mode')).toContain(
      '{"file_uploads":"","session.use_strict_mode":"1"}',
    );
  });
});
