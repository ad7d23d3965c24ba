import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine, tryDocker } from './engine';
import { listImage } from './image-files';
import { compileServices, describeWithOverlay, overlayStage } from './s6-overlay';
import { Server } from './server';
import { ImageApp, ImageConstruct } from '../../src';

const OUTPUT = join(__dirname, '../../output');
const EXAMPLES = join(__dirname, '../../examples');
const IMAGE = 'projen-nginx-php-e2e:overlay-8.4-debian-amd64';
const FLAGS = [
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges:true',
  '--tmpfs=/run:rw,exec,uid=10001,gid=0,mode=0775',
  '--tmpfs=/tmp:rw,noexec,uid=10001,gid=0,mode=1777',
];

const FRONT_CONTROLLER = `<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/slow') {
    sleep(2);
}
echo json_encode(['path' => $path, 'uid' => posix_geteuid(), 'colour' => getenv('COLOUR')]);
`;

/** What s6-overlay always says on the way down, at every verbosity that also names a service which does not start. */
const STOP_NOTICE = 's6-rc: warning: service s6rc-oneshot-runner is marked as essential, not stopping it';

/** The directories of a service tree for s6-overlay below a directory of build contexts. */
function treesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/s6-overlay/s6-rc.d'))
    .map((path) => join(path, '..'))
    .sort();
}

describeWithOverlay('s6-rc-compile, given a service tree', describe, () => {
  it.each(treesBelow(OUTPUT))('accepts %s of the reference matrix', (tree) => {
    expect(() => compileServices(join(OUTPUT, tree))).not.toThrow();
  });

  it('accepts those of the examples', () => {
    // GIVEN
    const directory = mkdtempSync(join(tmpdir(), 'overlay-examples-'));
    for (const { name } of readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- the name is only known at run time
      const { default: images } = require(join(EXAMPLES, name, 'images.ts')) as { default: (root: ImageApp) => void };
      const app = new ImageApp({ outdir: join(directory, name) });
      images(app);
      app.synth();
    }
    // WHEN
    const trees = treesBelow(directory);
    // THEN
    expect(trees).toEqual(['amd64', 'arm64'].map((name) => `symfony/shop-symfony/${name}/s6-overlay`));
    trees.forEach((tree) => expect(() => compileServices(join(directory, tree))).not.toThrow());
    rmSync(directory, { recursive: true });
  });

  it('refuses one that depends on a service which is not there', () => {
    // GIVEN
    const directory = mkdtempSync(join(tmpdir(), 'overlay-broken-'));
    cpSync(join(OUTPUT, treesBelow(OUTPUT)[0]!), directory, { recursive: true });
    // WHEN
    writeFileSync(join(directory, 's6-rc.d/nginx/dependencies.d/absent'), '');
    // THEN
    expect(() => compileServices(directory)).toThrow('absent');
    rmSync(directory, { recursive: true });
  });
});

describeWithOverlay('PHP 8.4 on Debian under s6-overlay, run under every flag', describeWithEngine, () => {
  let server: Server;
  let directory: string;

  const start = (name: string, user?: string): Promise<Server> =>
    Server.start({
      image: IMAGE,
      name: `projen-nginx-php-e2e-${name}`,
      application: directory,
      execRun: true,
      user,
      environment: { COLOUR: 'green' },
    });

  beforeAll(async () => {
    // GIVEN
    directory = mkdtempSync(join(tmpdir(), 'overlay-'));
    chmodSync(directory, 0o755);
    mkdirSync(join(directory, 'public'));
    writeFileSync(join(directory, 'public/index.php'), FRONT_CONTROLLER);
    const app = new ImageApp({ outdir: join(directory, 'output') });
    new ImageConstruct(app, 'overlay', {
      php: '8.4',
      platform: 'debian',
      architectures: ['amd64'],
      s6: { source: 'overlay' },
    });
    app.synth();
    build(join(directory, 'output/overlay/amd64'), IMAGE, overlayStage());
    server = await start('overlay');
  }, 600_000);

  afterAll(() => {
    server?.remove();
    rmSync(directory, { recursive: true });
  });

  it.each([
    ['the image’s own user', undefined, 10001],
    ['another user with group 0', '123456:0', 123456],
  ])('serves within a second, as %s, and gives the environment to PHP', async (_who, user, uid) => {
    const other = await start('overlay-user', user);
    try {
      const seconds = (Date.now() - Date.parse(other.inspect('{{.State.StartedAt}}'))) / 1000;
      const response = await other.fetch('/hello');
      expect(await response.json()).toEqual({ path: '/hello', uid, colour: 'green' });
      expect(seconds).toBeLessThan(1);
    } finally {
      other.remove();
    }
  });

  it.each([
    ['php-fpm', '10001', undefined],
    ['nginx', '10001', undefined],
    ['php-fpm', '123456', '123456:0'],
    ['nginx', '123456', '123456:0'],
  ])('repairs %s within a second when its master is killed and leaves workers behind, as %s', async (name, _, user) => {
    // GIVEN
    const other = await start('overlay-killed', user);
    try {
      const pid = (): string => other.exec('s6-svstat', '-o', 'pid', `/run/service/${name}`).stdout.trim();
      const before = pid();
      await sleep(1000);
      // WHEN
      other.exec('s6-svc', '-k', `/run/service/${name}`);
      const killed = Date.now();
      await pong(other);
      // THEN
      expect(Date.now() - killed).toBeLessThan(1000);
      expect(pid()).not.toBe(before);
      expect(other.inspect('{{.State.Running}}')).toBe('true');
    } finally {
      other.remove();
    }
  });

  it('ends with a non-zero status when a service keeps dying', async () => {
    const other = await start('overlay-dying');
    try {
      for (let death = 0; death < 30 && other.inspect('{{.State.Running}}') === 'true'; death++) {
        other.exec('s6-svc', '-k', '/run/service/php-fpm');
        await sleep(500);
      }
      expect(other.inspect('{{.State.Status}}')).toBe('exited');
      expect(other.inspect('{{.State.ExitCode}}')).toBe('1');
      expect(other.logs().stderr).toContain('s6: php-fpm died 5 times within 60 seconds');
    } finally {
      other.remove();
    }
  }, 60_000);

  it('ends with a non-zero status when PHP-FPM never gets ready', () => {
    // GIVEN
    const sleeper = join(directory, 'sleeper');
    writeFileSync(sleeper, '#!/bin/sh\nexec sleep 1000\n', { mode: 0o755 });
    // WHEN
    const { status, stderr } = tryDocker(
      'run',
      '--rm',
      ...FLAGS,
      '--env=S6_CMD_WAIT_FOR_SERVICES_MAXTIME=2000',
      `--volume=${sleeper}:/usr/sbin/php-fpm8.4:ro`,
      IMAGE,
    );
    // THEN 2 when s6-rc sees the end of its time first, 1 when the command that it waits for does
    expect(stderr).toContain('s6-rc failed to properly bring all the services up');
    expect([1, 2]).toContain(status);
  }, 30_000);

  it('ends the start when a setting is wrong', () => {
    const { status, stderr } = tryDocker('run', '--rm', ...FLAGS, '--env=PHP_MEMORY_LIMIT=lots', IMAGE);
    expect(stderr).toContain('configure: PHP_MEMORY_LIMIT=lots is not a size');
    expect(status).toBe(1);
  });

  it('says so when /run does not let programs run', () => {
    const { status, stderr } = tryDocker('run', '--rm', '--read-only', '--tmpfs=/run:noexec,uid=10001', IMAGE);
    expect(stderr).toContain('incorrect noexec option');
    expect(status).toBe(126);
  });

  it('runs a one-off command without the servers by --entrypoint, and after their start as arguments', () => {
    // WHEN
    const alone = tryDocker('run', '--rm', '--read-only', '--entrypoint=php', IMAGE, '-r', 'echo PHP_SAPI; exit(7);');
    const beside = tryDocker('run', '--rm', ...FLAGS, IMAGE, 'php', '-r', 'echo PHP_SAPI; exit(7);');
    // THEN
    expect(alone).toEqual({ status: 7, stdout: 'cli', stderr: '' });
    expect(beside).toMatchObject({ status: 7, stdout: 'cli', stderr: expect.stringContaining('fpm is running') });
  });

  it('has no setuid file, and nothing that the server may write but what is declared', () => {
    const entries = listImage(IMAGE).filter(({ mode }) => !mode.startsWith('l'));
    const writable = entries.filter(({ mode, owner }) => /10001/.test(owner) || mode[5] === 'w' || mode[8] === 'w');
    expect(entries.filter(({ mode }) => /s/i.test(mode))).toEqual([]);
    expect(writable.map(({ path }) => path).sort()).toEqual(['data/', 'run/', 'tmp/', 'var/lib/php/sessions/']);
  });

  it('lets a request in flight finish, stops with status 0, and says nothing that is not known', async () => {
    // GIVEN
    const answer = server.fetch('/slow').then((response) => response.json());
    await sleep(300);
    // WHEN
    const asked = Date.now();
    const status = server.stop();
    // THEN
    expect(Date.now() - asked).toBeLessThan(4000);
    expect(await answer).toMatchObject({ path: '/slow' });
    expect(status).toBe(0);
    const said = server.logs().stdout.trim().split('\n');
    expect(said.map((line) => (JSON.parse(line) as { uri: string }).uri)).toEqual(['/slow']);
    const remarks = server.logs().stderr.trim().split('\n');
    expect(remarks.filter((line) => !/\] NOTICE: /.test(line))).toEqual([STOP_NOTICE]);
  });
});

async function pong(server: Server): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const response = await server.fetch('/ping').catch(() => undefined);
    if (response?.status === 200) {
      return;
    }
    await sleep(10);
  }
  throw new Error('no pong');
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
