import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine } from './engine';
import { eventually } from './eventually';
import { Server } from './server';
import images from '../../examples/plain-php/images';
import { ImageApp } from '../../src';

const IMAGE = 'projen-nginx-php-e2e:example-plain-php';
const EXAMPLE = join(__dirname, '../../examples/plain-php');

describeWithEngine('the example plain-php, built and run', () => {
  let server: Server;
  let directory: string;

  beforeAll(async () => {
    // GIVEN the example as it stands, and its code mounted read-only
    directory = mkdtempSync(join(tmpdir(), 'example-plain-php-'));
    const app = new ImageApp({ outdir: directory });
    images(app);
    app.synth();
    build(join(directory, 'plain/amd64'), IMAGE);
    server = await Server.start({
      image: IMAGE,
      name: 'projen-nginx-php-e2e-plain',
      application: join(EXAMPLE, 'app'),
    });
  }, 600_000);

  afterAll(() => {
    server?.remove();
    rmSync(directory, { recursive: true });
  });

  it('takes jobs over HTTP, and its workers do each of them once', async () => {
    // WHEN
    const ids = await Promise.all(
      ['olleh', 'dlrow', '!'].map(async (body) => (await server.fetch('/', { method: 'POST', body })).text()),
    );
    // THEN
    const done = () => server.exec('ls', '/data/queue').stdout.match(/\.done$/gm)?.length;
    expect(await eventually(() => (done() === 3 ? 3 : undefined))).toBe(3);
    for (const [index, text] of ['hello', 'world', '!'].entries()) {
      expect(await (await server.fetch(`/?job=${ids[index]}`)).text()).toBe(text);
    }
    expect((await server.fetch('/?job=0000000000000000')).status).toBe(404);
    expect(server.exec('ls', '/data/queue').stdout.trim().split('\n')).toEqual(ids.map((id) => `${id}.done`).sort());
  });

  it('reports every minute', async () => {
    const line = await eventually(() => /jobs done: \d+/.exec(server.logs().stdout)?.[0], 90_000);
    expect(line).toBe('jobs done: 3');
  }, 120_000);

  it('runs two workers, which end with the container', () => {
    const count =
      'echo count(array_filter(glob("/proc/[0-9]*/cmdline"), fn ($f) => str_contains(@file_get_contents($f), "worker.php")));';
    expect(server.exec('php', '-r', count.replace('"worker.php"', '"html/worker" . ".php"')).stdout).toBe('2');
    expect(server.stop()).toBe(0);
  });
});
