import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine, docker, tryDocker } from './engine';
import { eventually } from './eventually';
import { Server } from './server';
import { ImageApp, ImageConstruct } from '../../src';

const IMAGE = 'projen-nginx-php-e2e:start';
const APPLICATION = join(__dirname, 'app');
const PHP_FPM = '/usr/sbin/php-fpm8.4';

/** A kernel without IPv6, as a program sees it: EAFNOSUPPORT for each socket of that family. */
const WITHOUT_IPV6 = {
  defaultAction: 'SCMP_ACT_ALLOW',
  syscalls: [
    {
      names: ['socket'],
      action: 'SCMP_ACT_ERRNO',
      errnoRet: 97,
      args: [{ index: 0, value: 10, op: 'SCMP_CMP_EQ' }],
    },
  ],
};

/** A start-up step that takes its time, where it is told to. */
const STEP = `<?php
if ($seconds = (int) getenv('STEP_SECONDS')) {
    fwrite(STDERR, "the step begins\\n");
    sleep($seconds);
    fwrite(STDERR, "the step ends\\n");
}
`;

describeWithEngine('the start of an image with s6 of the distribution', () => {
  let directory: string;

  /** A program that stands in the place of PHP-FPM. */
  function instead(name: string, script: string): string {
    const file = join(directory, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  }

  beforeAll(() => {
    // GIVEN PHP-FPM also under a second name, and little patience
    directory = mkdtempSync(join(tmpdir(), 'start-'));
    const app = new ImageApp({ outdir: join(directory, 'output') });
    const image = new ImageConstruct(app, 'shop', {
      php: '8.4',
      platform: 'debian',
      architectures: ['amd64'],
      s6: { startTimeout: 4 },
    });
    image.addBuildStep({ name: 'second-name', script: `ln "$rootfs${PHP_FPM}" "$rootfs/usr/sbin/the-php-fpm"\n` });
    image.addFile({ target: '/usr/local/lib/step.php', content: STEP });
    image.addOneShot({ name: 'step', command: ['/usr/bin/php', '/usr/local/lib/step.php'] });
    app.synth();
    build(join(directory, 'output/shop/amd64'), IMAGE);
  }, 600_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('gets ready with a PHP-FPM that starts slowly', async () => {
    const slow = instead('slow', 'sleep 1\nexec /usr/sbin/the-php-fpm "$@"');
    const server = await Server.start({
      image: IMAGE,
      name: 'projen-nginx-php-e2e-slow-start',
      application: APPLICATION,
      mounts: [`${slow}:${PHP_FPM}:ro`],
    });
    try {
      expect((await server.fetch('/hello')).status).toBe(200);
      // and goes on when the time for the start is over
      await new Promise((resolve) => setTimeout(resolve, 4500));
      expect((await server.fetch('/hello')).status).toBe(200);
      expect(server.logs().stderr).not.toContain('s6: ');
    } finally {
      server.remove();
    }
  }, 60_000);

  it('lets a start-up step finish when it is asked to stop, and ends with status 0', async () => {
    // GIVEN
    const name = 'projen-nginx-php-e2e-stopped-start';
    tryDocker('rm', '--force', name);
    docker('run', '--detach', `--name=${name}`, '--read-only', '--tmpfs=/run:uid=10001', '--env=STEP_SECONDS=2', IMAGE);
    try {
      expect(await eventually(() => tryDocker('logs', name).stderr || undefined)).toBe('the step begins\n');
      // WHEN
      docker('stop', '--time', '20', name);
      // THEN
      expect(docker('inspect', '--format', '{{.State.ExitCode}}', name).trim()).toBe('0');
      expect(tryDocker('logs', name).stderr).toBe('the step begins\nthe step ends\n');
    } finally {
      tryDocker('rm', '--force', name);
    }
  }, 60_000);

  it('stays up when more requests than workers come before it counts as ready', async () => {
    const server = await Server.start({
      image: IMAGE,
      name: 'projen-nginx-php-e2e-flood',
      application: APPLICATION,
      environment: { PHP_FPM_MAX_CHILDREN: '1' },
    });
    try {
      // WHEN the one worker is busy for longer than the start may take
      const answers = await Promise.all(Array.from({ length: 6 }, () => server.fetch('/slow', {}, 30_000)));
      // THEN
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
      expect(server.logs().stderr).not.toContain('s6: ');
      expect(server.inspect('{{.State.Running}}')).toBe('true');
    } finally {
      server.remove();
    }
  }, 60_000);

  it('ends with status 1 when PHP-FPM never gets ready, and names it', () => {
    const never = instead('never', 'exec sleep 1000');
    const begin = Date.now();
    const { status, stderr } = tryDocker(
      'run',
      '--rm',
      '--read-only',
      '--tmpfs=/run:rw,noexec,uid=10001,mode=0775',
      '--tmpfs=/tmp:rw,noexec,uid=10001,mode=1777',
      `--volume=${never}:${PHP_FPM}:ro`,
      IMAGE,
    );
    expect(stderr).toMatch(/^s6: php-fpm was not ready within 4000 ms; the container ends$/m);
    expect(status).toBe(1);
    expect(Date.now() - begin).toBeGreaterThan(4000);
  }, 60_000);

  it('listens on IPv6 too', async () => {
    const server = await Server.start({ image: IMAGE, name: 'projen-nginx-php-e2e-ipv6', application: APPLICATION });
    try {
      const sockets = server.exec('cat', '/proc/net/tcp6').stdout;
      expect(sockets).toMatch(/^ *\d+: 0{32}:1F90 \S+ 0A /m);
    } finally {
      server.remove();
    }
  }, 60_000);

  it('gets ready where the kernel has no IPv6', async () => {
    const profile = join(directory, 'without-ipv6.json');
    writeFileSync(profile, JSON.stringify(WITHOUT_IPV6));
    const server = await Server.start({
      image: IMAGE,
      name: 'projen-nginx-php-e2e-no-ipv6',
      application: APPLICATION,
      seccomp: profile,
    });
    try {
      expect((await server.fetch('/hello')).status).toBe(200);
      expect(server.exec('cat', '/proc/net/tcp6').stdout).not.toMatch(/:1F90 /);
    } finally {
      server.remove();
    }
  }, 60_000);

  it.each(['SIGINT', 'SIGQUIT', 'SIGTERM'])(
    'ends with status 0 on %s, after the request in flight',
    async (signal) => {
      const server = await Server.start({
        image: IMAGE,
        name: 'projen-nginx-php-e2e-signal',
        application: APPLICATION,
      });
      try {
        const answer = server.fetch('/slow');
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(server.stop(signal)).toBe(0);
        expect((await answer).status).toBe(200);
      } finally {
        server.remove();
      }
    },
    60_000,
  );
});
