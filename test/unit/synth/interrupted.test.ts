import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImageApp, ImageConstruct } from '../../../src';
import { contents, endOf, removeTemporaryDirectories, startChild, temporaryDirectory } from './support';

afterEach(removeTemporaryDirectories);

const IMAGES = 6;

/** The same tree as that of the child process. */
function synthHere(outdir: string) {
  const app = new ImageApp({ outdir });
  for (let index = 0; index < IMAGES; index++) {
    new ImageConstruct(app, `shop-${index}`, { php: '8.4', platform: ['debian', 'alpine', 'ubuntu'][index % 3]! });
  }
  return app.synth();
}

/** Starts a synthesis in a process of its own and kills it that many milliseconds after it has begun. */
async function killAfter(outdir: string, milliseconds: number): Promise<boolean> {
  const start = join(temporaryDirectory(), 'start');
  const child = startChild('synth-child.ts', [outdir, String(IMAGES), '-', start]);
  const end = endOf(child);
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  writeFileSync(start, '');
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill('SIGKILL');
  return (await end).status === null;
}

/** Twenty moments, spread over the time that a synthesis of this size takes. */
const MOMENTS = Array.from({ length: 20 }, (_, index) => index * 7 + 1);

test('after a kill at any moment every file is whole, and the next synthesis finishes without force', async () => {
  // GIVEN
  const expected = temporaryDirectory();
  synthHere(expected);
  const whole = contents(expected);
  let killed = 0;
  let halfway = 0;
  const attempt = async (moment: number) => {
    const outdir = temporaryDirectory();
    // WHEN
    const ended = await killAfter(outdir, moment);
    killed += ended ? 1 : 0;
    // THEN
    const left = contents(outdir);
    const places = Object.keys(left).filter((path) => !/\.synth-(?:tmp|lock|journal)/.test(path));
    halfway += places.length > 0 && places.length < Object.keys(whole).length ? 1 : 0;
    places.forEach((path) => expect([path, left[path]]).toEqual([path, whole[path]]));
    expect(synthHere(outdir).foreign).toEqual([]);
    expect(contents(outdir)).toEqual(whole);
  };
  for (let index = 0; index < MOMENTS.length; index += 4) {
    await Promise.all(MOMENTS.slice(index, index + 4).map(attempt));
  }
  expect([killed, halfway].every((count) => count > 0)).toBe(true);
});
