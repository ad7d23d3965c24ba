import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, endOf, removeTemporaryDirectories, startChild, temporaryDirectory } from './support';
import { assemble, ImageApp, ImageConstruct, type ImageProps } from '../../../src';
import { writeOutput } from '../../../src/synth/write-output';

afterEach(removeTemporaryDirectories);

const IMAGES = 3;

/** Images of the same names as those of the child process, other ones where `s6` is given. */
function tree(outdir: string, s6: ImageProps['s6']): ImageApp {
  const app = new ImageApp({ outdir });
  for (let index = 0; index < IMAGES; index++) {
    const platform = ['debian', 'alpine', 'ubuntu'][index % 3]!;
    new ImageConstruct(app, `shop-${index}`, { php: '8.4', platform, s6 });
  }
  return app;
}

function synthHere(outdir: string, s6: ImageProps['s6'] = {}): Record<string, string> {
  const { foreign } = tree(outdir, s6).synth();
  expect(foreign).toEqual([]);
  return contents(outdir);
}

/** Kills a synthesis so many milliseconds after it has begun to write. A process of its own does: this one is busy. */
function killWriting(outdir: string, pid: number, milliseconds: number): void {
  const script =
    'while kill -0 "$1" 2>/dev/null && ! [ -e "$2/.synth-journal.json" ]; do sleep 0.001; done; sleep "$3"; kill -9 "$1"';
  spawn('sh', ['-c', script, 'sh', String(pid), outdir, String(milliseconds / 1000)], { stdio: 'ignore' });
}

/**
 * Starts a synthesis in a process of its own and kills it that many milliseconds after it has begun, or begun to write.
 */
async function killAfter(outdir: string, { milliseconds, written }: Moment): Promise<boolean> {
  const start = join(temporaryDirectory(), 'start');
  const child = startChild('synth-child.ts', [outdir, String(IMAGES), '-', start]);
  const end = endOf(child);
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  writeFileSync(start, '');
  if (written) {
    killWriting(outdir, child.pid!, milliseconds);
  } else {
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  }
  return (await end).status === null;
}

/** Milliseconds that a synthesis of this size takes, as many at once as are killed at once. */
async function duration(): Promise<number> {
  const times = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const start = join(temporaryDirectory(), 'start');
      const child = startChild('synth-child.ts', [temporaryDirectory(), String(IMAGES), '-', start]);
      const end = endOf(child);
      await new Promise((resolve) => child.stdout!.once('data', resolve));
      const begin = performance.now();
      writeFileSync(start, '');
      await end;
      return performance.now() - begin;
    }),
  );
  return Math.max(...times);
}

/** When a synthesis is killed. */
interface Moment {
  readonly milliseconds: number;
  /** Counted from when it begins to write, which is short beside the rest. */
  readonly written: boolean;
}

/** Ten moments, spread over the time that a synthesis of this size takes, and ten of the time in which it writes. */
async function moments(): Promise<Moment[]> {
  const whole = await duration();
  return Array.from({ length: 10 }, (_, index) => [
    { milliseconds: Math.round((index * whole) / 10) + 1, written: false },
    { milliseconds: index * 4, written: true },
  ]).flat();
}

/** What the output was before, and what it is to be after: each differs from what the killed process writes. */
const BEFORE = { source: 'overlay', maxDeaths: 3 } as const;
const AFTER = { maxDeaths: 9 } as const;

test('after a kill at any moment every file is whole, and the next synthesis finishes without force', async () => {
  // GIVEN
  const old = synthHere(temporaryDirectory(), BEFORE);
  const killedOne = synthHere(temporaryDirectory());
  const wanted = synthHere(temporaryDirectory(), AFTER);
  const times = await moments();
  let killed = 0;
  let halfway = 0;
  const attempt = async (moment: Moment) => {
    const outdir = temporaryDirectory();
    synthHere(outdir, BEFORE);
    // WHEN
    const ended = await killAfter(outdir, moment);
    killed += ended ? 1 : 0;
    // THEN
    const left = contents(outdir);
    halfway += Object.hasOwn(left, '.synth-journal.json') ? 1 : 0;
    for (const path of Object.keys(left).filter((name) => !/\.synth-(?:tmp|lock|journal)/.test(name))) {
      expect([path, [old[path], killedOne[path]].includes(left[path])]).toEqual([path, true]);
    }
    expect(synthHere(outdir, AFTER)).toEqual(wanted);
  };
  for (let index = 0; index < times.length; index += 4) {
    const ends = await Promise.allSettled(times.slice(index, index + 4).map(attempt));
    expect(ends.filter(({ status }) => status === 'rejected')).toEqual([]);
  }
  expect([killed, halfway].every((count) => count > 0)).toBe(true);
});

test.each([0, 1, 40, 150])(
  'what was written before an end after %i files is known as ours by a synthesis of another tree',
  (count) => {
    // GIVEN
    const outdir = temporaryDirectory();
    synthHere(outdir, BEFORE);
    const { manifest, files } = assemble(tree(outdir, {}));
    const source = function* () {
      let given = 0;
      for (const file of files()) {
        if (given++ === count) {
          throw new Error('the power went');
        }
        yield file;
      }
    };
    expect(() => writeOutput(outdir, manifest, source, false)).toThrow('the power went');
    // WHEN, THEN
    expect(synthHere(outdir, AFTER)).toEqual(synthHere(temporaryDirectory(), AFTER));
  },
);
