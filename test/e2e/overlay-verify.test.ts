import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, describeWithEngine } from './engine';
import { describeWithOverlay, overlayStage } from './s6-overlay';
import { CronJob, ImageApp, ImageConstruct, ImagePart, QueueWorker } from '../../src';
import type { Manifest } from '../../src/synth';
import { CHECK_PACKS, judge, verifyImage, type Check, type VerifyReport } from '../../src/verify';

/** Programs of an application, and two that do without it. */
class Shop extends ImagePart {
  constructor(scope: ImageConstruct, id: string) {
    super(scope, id);
    this.addOneShot({ name: 'migrate', command: ['/usr/bin/php', '/var/www/html/artisan', 'migrate', '--force'] });
    this.addFile({ target: '/usr/local/lib/note.php', content: "<?php touch('/tmp/noted');\n" });
    this.addOneShot({ name: 'note', command: ['/usr/bin/php', '-n', '/usr/local/lib/note.php'] });
    this.addLongRun({ name: 'clock', command: ['/usr/bin/php', '-n', '-r', 'while (true) { sleep(1); }'] });
    new QueueWorker(this, 'queue', {
      command: ['php', '/var/www/html/artisan', 'queue:work'],
      dependsOn: ['php-fpm'],
    });
    this.addLongRun({
      name: 'mailer',
      command: ['/usr/bin/php', '/var/www/html/mailer.php'],
      dependsOn: ['queue'],
      readiness: ['/usr/bin/php', '/var/www/html/ready.php'],
    });
    new CronJob(this, 'report', { schedule: '* * * * *', command: ['php', '/var/www/html/artisan', 'report'] });
  }
}

const ownPrograms: Check = {
  id: 'shop/own-programs',
  expectation: 'what does without the application is run',
  async run(subject) {
    const server = await subject.server();
    const commands = (await server.processes()).map(({ command }) => command);
    const noted = await server.php("echo (int) file_exists('/tmp/noted');");
    return judge(
      [
        ...(commands.some((command) => command.includes('while (true)')) ? [] : ['clock does not run']),
        ...(noted === '1' ? [] : ['note did not run']),
      ],
      'clock, note',
    );
  },
};

const everyServiceReady: Check = {
  id: 'shop/every-service-ready',
  expectation: 's6 counts every service with a readiness check as ready, what stands in for one as well',
  async run(subject) {
    const { container } = await subject.server();
    const names = ['mailer', 'nginx', 'php-fpm'];
    const wait = [
      's6-svwait',
      '-a',
      '-U',
      '-t',
      String(subject.bound(5000)),
      ...names.map((name) => `/run/service/${name}`),
    ];
    const { status, stderr } = await subject.engine.exec(container, wait);
    return judge(status === 0 ? [] : [stderr.trim()], names.join(', '));
  },
};

describeWithOverlay('a verification of an image with programs of its own, and TLS', describeWithEngine, () => {
  let directory: string;

  beforeAll(() => {
    // GIVEN the same image with each source of s6
    directory = mkdtempSync(join(tmpdir(), 'overlay-verify-'));
    const app = new ImageApp({ outdir: directory });
    for (const source of ['overlay', 'distribution'] as const) {
      const image = new ImageConstruct(app, source, {
        php: '8.4',
        platform: 'debian',
        architectures: ['amd64'],
        s6: { source },
        nginx: {
          entryPoints: ['/app.php', '/admin/login.php'],
          serverNames: ['shop.example.com'],
          tls: { certificate: '/etc/tls/tls.crt', key: '/etc/tls/tls.key', port: 8443 },
        },
      });
      new Shop(image, 'own');
    }
    app.synth();
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  async function verify(name: string): Promise<VerifyReport> {
    const image = `projen-nginx-php-e2e:overlay-verify-${name}`;
    build(join(directory, name, 'amd64'), image, name === 'overlay' ? overlayStage() : {});
    const { images } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest;
    const shop = { group: 'shop', checks: [ownPrograms, everyServiceReady] };
    return verifyImage({ image, manifest: images[name]!, packs: [...CHECK_PACKS, shop] });
  }

  it.each(['overlay', 'distribution'])(
    'passes every check with s6 of the %s, and sets aside what needs the application',
    async (name) => {
      // WHEN
      const { checks } = await verify(name);
      // THEN
      expect(checks.filter(({ passed }) => !passed)).toEqual([]);
      expect(checks.filter(({ skipped }) => skipped)).toEqual([]);
      expect(checks.find(({ id }) => id === 'process/set-aside')!.seen).toBe('mailer, queue, migrate, cron');
    },
    600_000,
  );
});
