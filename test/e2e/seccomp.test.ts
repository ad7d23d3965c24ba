import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Compose, lacksCompose } from './compose';
import { build, describeWithEngine, docker } from './engine';
import { eventually } from './eventually';
import { Server } from './server';
import { DockerEngine, verifyOutput, type VerifyReport } from '../../src';
import type { RunOptions } from '../../src/verify/engine';

const OUTPUT = join(__dirname, '../../output');
const NAME = 'nginx-php-fpm-8.4-debian';
const DIRECTORY = join(OUTPUT, NAME);
const IMAGE = 'projen-nginx-php-e2e:seccomp';

/** The application of the other tests, and a page that takes its time. */
const SLOW =
  "<?php if ($_SERVER['REQUEST_URI'] === '/slow') { sleep(3); exit('finished'); } require 'other-index.php';";

jest.setTimeout(60_000);

describeWithEngine('the committed Debian 8.4 image, run by its own compose.yaml under its own seccomp profile', () => {
  let compose: Compose;
  let server: Server;
  let application: string;
  let container: string;

  beforeAll(async () => {
    const reason = lacksCompose();
    if (reason !== undefined) {
      throw new Error(reason);
    }
    build(join(DIRECTORY, 'amd64'), IMAGE);
    application = mkdtempSync(join(tmpdir(), 'application-'));
    cpSync(join(__dirname, 'app'), application, { recursive: true });
    cpSync(join(application, 'public/index.php'), join(application, 'public/other-index.php'));
    writeFileSync(join(application, 'public/index.php'), SLOW);
    docker(
      'run',
      '--rm',
      `--volume=${application}:/app`,
      '--user=0',
      '--entrypoint=chmod',
      IMAGE,
      '-R',
      'a+rX',
      '/app',
    );
    compose = new Compose({
      directory: DIRECTORY,
      files: ['compose.yaml'],
      project: 'projen-nginx-php-e2e-seccomp',
      environment: { IMAGE },
      mounts: [`${application}:/var/www/html`],
    });
    container = compose.up();
    server = await Server.attach(container);
  }, 600_000);

  afterAll(() => {
    compose?.remove();
    rmSync(application, { recursive: true, force: true });
  });

  it('is confined by the profile, and by every other flag of the file', () => {
    // WHEN
    const [{ HostConfig: host }] = JSON.parse(docker('inspect', container)) as [{ HostConfig: HostConfig }];
    // THEN
    const profile = host.SecurityOpt.find((option) => option.startsWith('seccomp='))!.slice('seccomp='.length);
    expect(JSON.parse(profile)).toEqual(JSON.parse(readFileSync(join(DIRECTORY, 'seccomp.json'), 'utf8')));
    expect(host).toMatchObject({
      CapAdd: null,
      CapDrop: ['ALL'],
      NanoCpus: 1e9,
      PidsLimit: 210,
      Privileged: false,
      ReadonlyRootfs: true,
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
      Tmpfs: { '/run': expect.stringContaining('size=16m'), '/tmp': expect.stringContaining('noexec,nosuid,nodev') },
    });
    expect(host.Memory).toBe(1424 * 1024 ** 2);
    expect(host.SecurityOpt).toContain('no-new-privileges:true');
    const status = server.exec('cat', '/proc/1/status').stdout;
    expect(status).toMatch(/^Seccomp:\s+2$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).toMatch(/^CapBnd:\s+0{16}$/m);
  });

  it('serves PHP, sessions, SQLite, uploads and static files', async () => {
    // GIVEN
    const form = new FormData();
    form.set('file', new Blob([Buffer.alloc(3 << 20, 'x')]), 'picture.bin');
    // WHEN
    const hello = await server.fetch('/hello?name=seccomp');
    const session = await server.fetch('/session');
    await server.fetch('/notes', { method: 'POST', body: 'a note' });
    const notes = await server.fetch('/notes');
    const upload = await server.fetch('/upload', { method: 'POST', body: form });
    const style = await server.fetch('/style.css');
    // THEN
    expect(await hello.json()).toMatchObject({ hello: 'seccomp', uid: 10001 });
    expect(await session.json()).toEqual({ visits: 1 });
    expect(await notes.json()).toEqual(['a note']);
    expect(await upload.json()).toMatchObject({ error: 0, size: 3 << 20 });
    expect(style.status).toBe(200);
  });

  it('is healthy', async () => {
    const healthy = await eventually(() => server.inspect('{{.State.Health.Status}}') === 'healthy' || undefined);
    expect(healthy).toBe(true);
  });

  it('reloads nginx and PHP-FPM without losing a request', async () => {
    // GIVEN requests all the time, from a process of its own
    const load = requestsFor(4000, `http://${server.address(8080)}/hello`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const before = workers(server);
    // WHEN
    const nginx = server.exec('s6-svc', '-h', '/run/service/nginx');
    const fpm = server.exec('s6-svc', '-2', '/run/service/php-fpm');
    const reloaded = await eventually(() => {
      const now = workers(server);
      const all = ['nginx: worker', 'php-fpm: pool'].every((title) => isRenewed(title, before, now));
      return all || undefined;
    });
    const answers = await load;
    // THEN
    expect([nginx.status, fpm.status, reloaded]).toEqual([0, 0, true]);
    expect(Object.keys(answers)).toEqual(['200']);
    expect(answers['200']).toBeGreaterThan(100);
  });

  it('logs nothing of refused system calls', () => {
    expect(server.logs().stderr).not.toMatch(/not permitted|not implemented|failed/i);
  });

  it('passes the whole verification under the profile, which the manifest lists', async () => {
    // GIVEN an engine that remembers how containers were started
    const options = new Set<string>();
    class Remembering extends DockerEngine {
      override create(run: RunOptions): Promise<string> {
        run.securityOptions.forEach((option) => options.add(option));
        return super.create(run);
      }
    }
    // WHEN
    const engine = new Remembering();
    const [report] = (await verifyOutput({
      output: OUTPUT,
      names: [NAME],
      image: IMAGE,
      arch: 'amd64',
      engine,
      slowness: 3,
    })) as [VerifyReport];
    // THEN
    expect([...options]).toEqual([`seccomp=${join(DIRECTORY, 'seccomp.json')}`]);
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(report.checks.find(({ id }) => id === 'process/seccomp')?.passed).toBe(true);
  }, 300_000);

  it('drains: a request in flight is answered, and the container stops with status 0', async () => {
    // GIVEN
    const slow = server.fetch('/slow');
    await new Promise((resolve) => setTimeout(resolve, 500));
    // WHEN
    const stopped = compose.run('stop');
    const answer = await slow;
    // THEN
    expect(await answer.text()).toBe('finished');
    expect(stopped.status).toBe(0);
    expect(server.inspect('{{.State.ExitCode}}')).toBe('0');
  });
});

describeWithEngine('compose.dev.yaml', () => {
  it('serves the code of this machine, sees its changes at once, and is nothing that could be published', async () => {
    // GIVEN
    build(join(DIRECTORY, 'amd64'), IMAGE);
    const application = mkdtempSync(join(tmpdir(), 'development-'));
    cpSync(join(__dirname, 'app'), application, { recursive: true });
    docker(
      'run',
      '--rm',
      `--volume=${application}:/app`,
      '--user=0',
      '--entrypoint=chmod',
      IMAGE,
      '-R',
      'a+rX',
      '/app',
    );
    const page = join(application, 'public/index.php');
    const compose = new Compose({
      directory: DIRECTORY,
      files: ['compose.yaml', 'compose.dev.yaml'],
      project: 'projen-nginx-php-e2e-dev',
      environment: { IMAGE, APP: application },
    });
    try {
      const server = await Server.attach(compose.up());
      writeFileSync(page, "<?php echo 'first';");
      await (await server.fetch('/')).text();
      // WHEN
      const seen = [];
      for (const text of ['second version', 'the third, and longer']) {
        await new Promise((resolve) => setTimeout(resolve, 3000));
        writeFileSync(page, `<?php echo '${text}';`);
        await new Promise((resolve) => setTimeout(resolve, 3000));
        seen.push(await (await server.fetch('/')).text());
      }
      // THEN
      expect(seen).toEqual(['second version', 'the third, and longer']);
    } finally {
      compose.remove();
      rmSync(application, { recursive: true, force: true });
    }
  }, 600_000);

  it('is refused by Compose on its own, since it names no image', () => {
    const alone = new Compose({
      directory: DIRECTORY,
      files: ['compose.dev.yaml'],
      project: 'projen-nginx-php-e2e-alone',
      environment: {},
    });
    const { status, stderr } = alone.run('config');
    expect(stderr).toContain('neither an image nor a build context');
    expect(status).not.toBe(0);
    alone.remove();
  });
});

/** What of a container's configuration is looked at. */
interface HostConfig {
  readonly SecurityOpt: readonly string[];
  readonly Memory: number;
}

/** Asks for a page as fast as it is answered, each time on a connection of its own; counts the answers by status. */
async function requestsFor(milliseconds: number, url: string): Promise<Record<string, number>> {
  const script = `
    const http = require('node:http');
    const counts = {};
    const end = Date.now() + ${milliseconds};
    const next = (key) => {
      counts[key] = (counts[key] ?? 0) + 1;
      return Date.now() < end ? ask() : console.log(JSON.stringify(counts));
    };
    const ask = () => http.get('${url}', { agent: false }, (answer) => {
      answer.resume().on('end', () => next(answer.statusCode));
    }).on('error', (error) => next(error.code));
    ask();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
  return JSON.parse(stdout) as Record<string, number>;
}

/** Workers by pid, with their titles. */
function workers(server: Server): Map<string, string> {
  const script =
    'foreach (glob("/proc/[0-9]*/cmdline") as $file) echo explode("/", $file)[2], " ", @file_get_contents($file), "\\n";';
  const lines = server.exec('php', '-n', '-r', script).stdout.replaceAll('\0', ' ').split('\n');
  return new Map(
    lines.map((line) => {
      const [pid, ...title] = line.split(' ');
      return [pid!, title.join(' ')] as const;
    }),
  );
}

/** Whether there are processes of a title, and none of those that were there before. */
function isRenewed(title: string, before: Map<string, string>, now: Map<string, string>): boolean {
  const pids = (all: Map<string, string>) => [...all].filter(([, name]) => name.startsWith(title)).map(([pid]) => pid);
  const old = pids(before);
  return old.length > 0 && pids(now).length > 0 && pids(now).every((pid) => !old.includes(pid));
}
