import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { appOf, type Tree } from './kill/tree';
import { buildVictim } from './kill/victim';
import {
  BESIDE_IMAGES,
  contents,
  endOf,
  errorOf,
  removeTemporaryDirectories,
  startChild,
  synthInto,
  temporaryDirectory,
} from './support';
import { LOCK_FILE, withOutputLock } from '../../../src/synth/output-lock';

afterEach(removeTemporaryDirectories);

/** The process id of a process that ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

const lockOf = (outdir: string) => join(outdir, LOCK_FILE);

/** Starts a program, and lets it go on only when it is told to. */
function startHeld(program: string, outdir: string, tree: Tree) {
  const child = spawn(process.execPath, [program, outdir, JSON.stringify(tree), 'wait'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const end = endOf(child);
  const ready = new Promise((resolve) => child.stdout.once('data', resolve));
  return { ready, end, go: () => child.stdin.end('go') };
}

/** What each of many syntheses at once writes: some the one tree, some the other. */
const TREES: readonly Tree[] = ['128M', '256M'].map((memoryLimit) => ({
  shop: { php: { version: '8.4', memoryLimit }, platform: 'debian', architectures: ['amd64'] },
}));

test('a hundred syntheses at once, of two trees, each end well or say who was before them', async () => {
  // GIVEN a hundred that are rendered to the point of writing, and the lock of one that died
  const outdir = temporaryDirectory();
  writeFileSync(lockOf(outdir), `${deadPid()} ${hostname()}\n`);
  writeFileSync(join(outdir, '.notes'), 'mine');
  const program = await buildVictim(temporaryDirectory());
  const all: Array<ReturnType<typeof startHeld>> = [];
  for (let index = 0; index < 100; index += 5) {
    const some = [0, 1, 2, 3, 4].map((more) => startHeld(program, outdir, TREES[(index + more) % 2]!));
    await Promise.all(some.map(({ ready }) => ready));
    all.push(...some);
  }
  // WHEN
  all.forEach(({ go }) => go());
  const ends = await Promise.all(all.map(({ end }) => end));
  // THEN
  const failed = ends.filter(({ status }) => status !== 0);
  failed.forEach(({ status, stderr }) => {
    expect(status).toBe(13);
    expect(stderr).toContain('another synthesis writes to this directory: process ');
  });
  expect(failed.length).toBeLessThan(100);
  process.stdout.write(`${100 - failed.length} of 100 syntheses at once wrote, ${failed.length} waited too long\n`);
  const { '.notes': mine, ...left } = contents(outdir);
  expect(mine).toBe('mine');
  const possible = TREES.map((tree) => {
    const alone = temporaryDirectory();
    appOf(tree, alone).synth();
    return contents(alone);
  });
  expect(possible).toContainEqual(left);
}, 300_000);

test('a second synthesis waits until the first is done', async () => {
  // GIVEN a lock that a living process holds
  const outdir = temporaryDirectory();
  writeFileSync(lockOf(outdir), `${process.pid} ${hostname()}\n`);
  const child = startChild('synth-child.ts', [outdir]);
  const end = endOf(child);
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const meanwhile = Object.keys(contents(outdir)).filter((path) => !path.startsWith(LOCK_FILE));
  // WHEN
  withoutLock(outdir);
  // THEN
  expect(meanwhile).toEqual([]);
  expect(await end).toMatchObject({ status: 0, stderr: '' });
});

function withoutLock(outdir: string): void {
  spawnSync('rm', [lockOf(outdir)]);
}

test('who waits too long learns who holds the lock', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  const work = jest.fn();
  withOutputLock(outdir, 0, () => {
    // WHEN
    const error = errorOf(() => withOutputLock(outdir, 60, work));
    // THEN
    expect(error.details).toEqual([
      expect.objectContaining({
        where: lockOf(outdir),
        what: `another synthesis writes to this directory: process ${process.pid} on ${hostname()}`,
      }),
    ]);
  });
  expect(work).not.toHaveBeenCalled();
  expect(readdirSync(outdir)).toEqual([]);
});

test('a process of another machine is never taken for dead', () => {
  const outdir = temporaryDirectory();
  writeFileSync(lockOf(outdir), `${deadPid()} elsewhere\n`);
  const error = errorOf(() => withOutputLock(outdir, 60, () => undefined));
  expect(error.message).toContain('on elsewhere');
  expect(existsSync(lockOf(outdir))).toBe(true);
});

test.each(['', 'nonsense', '\0'])('a lock that says %j is not taken over', (content) => {
  const outdir = temporaryDirectory();
  writeFileSync(lockOf(outdir), content);
  expect(errorOf(() => withOutputLock(outdir, 60, () => undefined)).message).toContain('did not leave its name');
});

test('the lock of a process that is gone is taken over, and what it left is swept', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  const pid = deadPid();
  writeFileSync(lockOf(outdir), `${pid} ${hostname()}\n`);
  writeFileSync(`${lockOf(outdir)}.${hostname()}.${pid}`, '');
  writeFileSync(`${lockOf(outdir)}.${hostname()}.${pid}.stale`, '');
  // WHEN
  const { drift } = synthInto(outdir);
  // THEN
  expect(drift).toBe(true);
  expect(readdirSync(outdir).sort()).toEqual([...BESIDE_IMAGES, 'shop']);
});

test('the lock goes when the work throws', () => {
  const outdir = temporaryDirectory();
  const work = () => {
    throw new Error('broken');
  };
  expect(() => withOutputLock(outdir, 0, work)).toThrow('broken');
  expect(readdirSync(outdir)).toEqual([]);
});
