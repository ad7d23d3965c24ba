import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
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

test('ten syntheses at once all succeed, and nothing but the output stays', async () => {
  // GIVEN
  const outdir = temporaryDirectory();
  const start = join(temporaryDirectory(), 'start');
  writeFileSync(lockOf(outdir), `${deadPid()} ${hostname()}\n`);
  const ends = Array.from({ length: 10 }, () => endOf(startChild('synth-child.ts', [outdir, '1', '-', start])));
  // WHEN
  writeFileSync(start, '');
  const results = await Promise.all(ends);
  // THEN
  expect(results.map(({ status, stderr }) => [status, stderr])).toEqual(results.map(() => [0, '']));
  const counts = results.map(({ stdout }) => JSON.parse(stdout.split('\n')[1]!) as { written: number });
  expect(counts.filter(({ written }) => written > 0)).toHaveLength(1);
  expect(readdirSync(outdir).sort()).toEqual([...BESIDE_IMAGES, 'shop-0']);
});

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
