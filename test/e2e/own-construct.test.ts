import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Construct } from 'constructs';
import { build, describeWithEngine } from './engine';
import { eventually } from './eventually';
import { Server } from './server';
import { ImageApp, ImageConstruct, ImagePart } from '../../src';

const IMAGE = 'projen-nginx-php-e2e:own-construct';

/** A worker that takes files from a queue on the volume, a step before it, and a job every minute. */
class Queue extends ImagePart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addFile({ target: '/usr/local/lib/worker.php', content: WORKER });
    this.addOneShot({ name: 'prepare', command: ['/usr/bin/mkdir', '-p', '/data/queue'] });
    this.addLongRun({
      name: 'worker',
      command: ['/usr/bin/php', '/usr/local/lib/worker.php'],
      environment: { QUEUE: '/data/queue' },
      dependsOn: ['php-fpm'],
    });
    this.addFile({ target: '/usr/local/lib/stamp.php', content: STAMP });
    this.addCronJob({ name: 'stamp', schedule: '* * * * *', command: ['php', '/usr/local/lib/stamp.php'] });
  }
}

const WORKER = `<?php
while (true) {
    foreach (glob(getenv('QUEUE') . '/*.job') as $job) {
        file_put_contents($job . '.done', strrev(trim(file_get_contents($job))));
        unlink($job);
    }
    usleep(20000);
}
`;

const STAMP = `<?php echo 'the time has come for ', posix_geteuid(), PHP_EOL;
`;

describeWithEngine('a construct of one’s own, built and run', () => {
  let server: Server;
  let directory: string;

  beforeAll(async () => {
    // GIVEN
    directory = mkdtempSync(join(tmpdir(), 'own-construct-'));
    const app = new ImageApp({ outdir: directory });
    const image = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', architectures: ['amd64'] });
    new Queue(image, 'queue');
    app.synth();
    build(join(directory, 'shop/amd64'), IMAGE);
    server = await Server.start({
      image: IMAGE,
      name: 'projen-nginx-php-e2e-own',
      application: join(__dirname, 'app'),
    });
  }, 600_000);

  afterAll(() => {
    server?.remove();
    rmSync(directory, { recursive: true });
  });

  it('works off a queue', async () => {
    // WHEN
    server.exec('php', '-r', 'file_put_contents("/data/queue/1.job", "olleh");');
    // THEN
    expect(await eventually(() => server.exec('cat', '/data/queue/1.job.done').stdout || undefined)).toBe('hello');
  });

  it('runs a job at the full minute, as the user of the server, with its output in the log', async () => {
    const seen = await eventually(() => server.logs().stdout.match(/^the time has come for 10001$/m)?.[0], 70_000);
    expect(seen).toBe('the time has come for 10001');
  }, 80_000);

  it('stops the worker and the scheduler too', () => {
    expect(server.stop()).toBe(0);
  });
});
