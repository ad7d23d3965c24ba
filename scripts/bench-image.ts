import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageApp, ImageConstruct } from '../src';
import { Container, median, run, unpackedSize } from './bench/docker';

/** Rounds of each measurement, ours and theirs in turn. */
const ROUNDS = Number(process.env.ROUNDS ?? 15);

const BASE = '127.0.0.1:5000/debian:trixie-amd64';

/** Those that PHP's own packages bring along, so that both images have the same ones. */
const EXTENSIONS = ['ctype', 'fileinfo', 'iconv', 'opcache', 'pdo', 'phar', 'posix', 'session', 'sockets', 'tokenizer'];

interface Figure {
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly goal: string;
  readonly reached: boolean;
}

const figures: Figure[] = [];
const directory = mkdtempSync(join(tmpdir(), 'bench-image-'));

function note(what: string, ours: number, theirs: number, goal: string, reached: (ratio: number) => boolean): void {
  const ratio = ours / theirs;
  figures.push({ what, ours: `${ratio.toFixed(2)} times`, theirs: '1', goal, reached: reached(ratio) });
  process.stderr.write(`${what}: ${ratio.toFixed(3)} (${ours.toPrecision(4)} to ${theirs.toPrecision(4)})\n`);
}

/** Builds both images on the same base. */
function build(): void {
  const app = new ImageApp({ outdir: join(directory, 'output') });
  new ImageConstruct(app, 'ours', {
    platform: 'debian',
    php: { version: '8.4', extensions: EXTENSIONS },
    architectures: ['amd64'],
  });
  app.synth();
  const flags = [
    'buildx',
    'build',
    '--quiet',
    '--network=host',
    '--load',
    `--build-context=base=docker-image://${BASE}`,
  ];
  run('docker', ...flags, '--tag=bench:ours', join(directory, 'output/ours/amd64'));
  run(
    'docker',
    ...flags,
    `--file=${join(__dirname, 'bench/naive.Dockerfile')}`,
    '--tag=bench:naive',
    join(__dirname, 'bench'),
  );
}

/** The same small application for both. */
function writeApplication(): string {
  const application = join(directory, 'app');
  mkdirSync(join(application, 'public'), { recursive: true });
  writeFileSync(
    join(application, 'public/index.php'),
    '<?php echo "hello ", htmlspecialchars($_GET["name"] ?? "world");',
  );
  const slow = '<?php usleep(2000000); echo str_repeat(md5($_SERVER["QUERY_STRING"] ?? ""), 64);';
  writeFileSync(join(application, 'public/slow.php'), slow);
  writeFileSync(join(application, 'public/static.txt'), 'x'.repeat(1024));
  return application;
}

function containers(application: string): { ours: Container; naive: Container } {
  const mount = `--volume=${application}:/var/www/html:ro`;
  const hardened = ['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges:true'];
  const tmpfs = [
    '--tmpfs=/run:rw,noexec,nosuid,nodev,uid=10001,gid=0,mode=0775',
    '--tmpfs=/tmp:rw,noexec,nosuid,nodev,uid=10001,gid=0,mode=1777',
  ];
  return {
    ours: new Container(
      'bench-ours',
      'bench:ours',
      [...hardened, ...tmpfs, mount, '--network=host', '--env=PHP_FPM_MAX_CHILDREN=5'],
      8080,
    ),
    naive: new Container('bench-naive', 'bench:naive', [mount, '--network=host'], 8082),
  };
}

async function start({ ours, naive }: ReturnType<typeof containers>): Promise<void> {
  const times = { ours: [] as number[], naive: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await ours.timeToServe('/index.php'));
    ours.remove();
    times.naive.push(await naive.timeToServe('/index.php'));
    naive.remove();
  }
  note('start to the first 200', median(times.ours), median(times.naive), '<= 1.3', (ratio) => ratio <= 1.3);
}

async function serve({ ours, naive }: ReturnType<typeof containers>): Promise<void> {
  for (const container of [ours, naive]) {
    await container.timeToServe('/index.php');
  }
  const mapped = { ours: [] as number[], naive: [] as number[] };
  const held = { ours: [] as number[], naive: [] as number[] };
  await new Promise((resolve) => setTimeout(resolve, 2000));
  for (let round = 0; round < ROUNDS; round++) {
    mapped.ours.push(ours.memory());
    mapped.naive.push(naive.memory());
    held.ours.push(ours.heldMemory());
    held.naive.push(naive.heldMemory());
  }
  note('memory at rest (PSS)', median(mapped.ours), median(mapped.naive), '<= 1.0', (ratio) => ratio <= 1.0);
  note('memory at rest (control group)', median(held.ours), median(held.naive), '<= 1.0', (ratio) => ratio <= 1.0);
  for (const [what, path] of [
    ['requests a second, PHP', '/index.php?name=x'],
    ['requests a second, static', '/static.txt'],
  ] as const) {
    const rates = { ours: [] as number[], naive: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      rates.ours.push(ours.throughput(path, 2));
      rates.naive.push(naive.throughput(path, 2));
    }
    note(what, median(rates.ours), median(rates.naive), '>= 1.0', (ratio) => ratio >= 1.0);
  }
  ours.remove();
  naive.remove();
}

/** At least 200 requests of two seconds are in flight when the container is told to stop. */
async function drain(application: string): Promise<void> {
  const app = new ImageApp({ outdir: join(directory, 'drain') });
  new ImageConstruct(app, 'ours', {
    platform: 'debian',
    php: { version: '8.4', extensions: EXTENSIONS },
    nginx: { entryPoints: ['/index.php', '/slow.php'] },
    architectures: ['amd64'],
  });
  app.synth();
  run(
    'docker',
    'buildx',
    'build',
    '--quiet',
    '--network=host',
    '--load',
    `--build-context=base=docker-image://${BASE}`,
    '--tag=bench:drain',
    join(directory, 'drain/ours/amd64'),
  );
  const flags = [
    '--read-only',
    '--cap-drop=ALL',
    '--tmpfs=/run:noexec,uid=10001,mode=0775',
    '--tmpfs=/tmp:uid=10001,mode=1777',
    `--volume=${application}:/var/www/html:ro`,
    '--network=host',
    '--env=PHP_FPM_MAX_CHILDREN=220',
  ];
  const container = new Container('bench-drain', 'bench:drain', flags, 8080);
  container.start();
  await container.served('/index.php', 20_000);
  const requests = Array.from({ length: 200 }, (_, index) => request(container, index));
  await new Promise((resolve) => setTimeout(resolve, 1200));
  run('docker', 'stop', '--time=30', container.name);
  const lost = (await Promise.all(requests)).filter((intact) => !intact).length;
  const status = run('docker', 'inspect', '--format={{.State.ExitCode}}', container.name).trim();
  container.remove();
  figures.push({
    what: '200 requests in flight at SIGTERM',
    ours: `${lost} lost, exit ${status}`,
    theirs: '-',
    goal: '0 lost',
    reached: lost === 0 && status === '0',
  });
}

function request(container: Container, index: number): Promise<boolean> {
  const expected = createHash('md5').update(String(index)).digest('hex').repeat(64);
  return fetch(container.url(`/slow.php?${index}`)).then(
    async (response) => (await response.text()) === expected,
    () => false,
  );
}

/** Seconds until it serves again after a process was killed. */
async function recover({ ours }: ReturnType<typeof containers>): Promise<void> {
  for (const [what, pattern] of [
    ['nginx master', /nginx: master/],
    ['php-fpm master', /php-fpm: master/],
    ['a worker', /php-fpm: pool/],
  ] as const) {
    await ours.timeToServe('/index.php');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const victim = ours.processes().find(({ command }) => pattern.test(command))!;
    process.kill(victim.pid, 'SIGKILL');
    const begin = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await ours.served('/index.php', 10_000);
    const seconds = (performance.now() - begin) / 1000;
    figures.push({
      what: `serving again after kill -9 of ${what}`,
      ours: seconds < 1 ? 'within a second' : `${seconds.toFixed(1)} s`,
      theirs: '-',
      goal: '<= 1 s',
      reached: seconds <= 1,
    });
  }
  ours.remove();
}

/** Two builds without cache give the same platform manifest. */
function rebuild(): void {
  const digests = [1, 2].map((round) => {
    const archive = join(directory, `image-${round}.tar`);
    run(
      'docker',
      'buildx',
      'build',
      '--quiet',
      '--no-cache',
      '--network=host',
      '--provenance=false',
      `--build-context=base=docker-image://${BASE}`,
      '--build-arg=SOURCE_DATE_EPOCH=1700000000',
      `--output=type=oci,dest=${archive},rewrite-timestamp=true`,
      join(directory, 'output/ours/amd64'),
    );
    run('sh', '-c', `mkdir -p ${directory}/oci-${round} && tar -C ${directory}/oci-${round} -xf ${archive}`);
    const index = JSON.parse(readFileSync(join(directory, `oci-${round}`, 'index.json'), 'utf8')) as {
      manifests: Array<{ digest: string }>;
    };
    return index.manifests[0]!.digest;
  });
  const same = digests[0] === digests[1];
  figures.push({
    what: 'two builds without cache',
    ours: same ? 'same digest' : digests.join(' and '),
    theirs: '-',
    goal: 'same digest',
    reached: same,
  });
}

async function main(): Promise<void> {
  build();
  note(
    'image size, unpacked',
    unpackedSize('bench:ours'),
    unpackedSize('bench:naive'),
    '<= 0.33',
    (ratio) => ratio <= 0.33,
  );
  const application = writeApplication();
  const both = containers(application);
  await start(both);
  await serve(both);
  await drain(application);
  await recover(both);
  rebuild();
  console.log('| figure | ours | naive image | goal | reached |\n| --- | --- | --- | --- | --- |');
  figures.forEach(({ what, ours, theirs, goal, reached }) =>
    console.log(`| ${what} | ${ours} | ${theirs} | ${goal} | ${reached ? 'yes' : 'no'} |`),
  );
  process.exitCode = figures.every(({ reached }) => reached) ? 0 : 1;
}

void main().finally(() => rmSync(directory, { recursive: true, force: true }));
