import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildVictim } from './kill/victim';
import {
  contents,
  describeAsRoot,
  errorOf,
  onMount,
  removeTemporaryDirectories,
  synthInto,
  temporaryDirectory,
} from './support';

afterEach(removeTemporaryDirectories);

/** What a person put into the output. */
const MINE: Readonly<Record<string, string>> = { '.notes': 'mine', 'shop/todo.txt': 'mine' };

function putMine(directory: string): void {
  mkdirSync(join(directory, 'shop'), { recursive: true });
  Object.entries(MINE).forEach(([path, content]) => writeFileSync(join(directory, path), content));
}

const WORK = /^\.synth-(?:journal|unfinished)/;

/** Files by what they say, but for those that a synthesis needs while it runs. */
function whole(directory: string): Record<string, string> {
  const files = Object.entries(contents(directory)).filter(([path]) => !WORK.test(path));
  return Object.fromEntries(files);
}

type Contents = Readonly<Record<string, string>>;

/** Each file is whole, and a person's is as it was. */
function expectOldOrNew(directory: string, before: Contents, wanted: Contents): void {
  const left = whole(directory);
  const wrong = Object.keys(left).filter((path) => ![before[path], wanted[path]].includes(left[path]));
  expect(wrong).toEqual([]);
  expect(left).toMatchObject(MINE);
}

function synthesized(names: readonly string[]): string {
  const directory = temporaryDirectory();
  synthInto(directory, names);
  return directory;
}

const NO_ROOM = { type: 'FILE_WRITE_ERROR', suggestions: ['free some space and synthesize again'] };

describeAsRoot('a file system that is full', () => {
  test.each(['4k', '32k', '64k', '128k', '256k'])('of %s is an error; with room again the next finishes', (size) => {
    onMount(`size=${size}`, (directory) => {
      // GIVEN
      writeFileSync(join(directory, '.notes'), 'x'.repeat(4096));
      // WHEN
      const error = errorOf(() => synthInto(directory));
      // THEN
      expect(error).toMatchObject(NO_ROOM);
      expect(Object.keys(whole(directory)).filter((path) => path.includes('.synth-'))).toEqual([]);
      execFileSync('mount', ['-o', 'remount,size=4m', directory]);
      expect(synthInto(directory)).toMatchObject({ drift: true, foreign: ['.notes'] });
      expect(synthInto(directory).drift).toBe(false);
    });
  });

  test.each([1, 6, 11, 16, 21, 26])('keeps what it had: %i pages more are not enough for another tree', (pages) => {
    const after = synthesized(['shop', 'blog']);
    onMount('size=4m', (directory) => {
      // GIVEN an output, and less room than the next synthesis needs
      putMine(directory);
      synthInto(directory, ['shop']);
      const before = contents(directory);
      const used = Number(execFileSync('df', ['--output=used', '-k', directory], { encoding: 'utf8' }).split('\n')[1]);
      execFileSync('mount', ['-o', `remount,size=${used + 4 * pages}k`, directory]);
      // WHEN
      const error = errorOf(() => synthInto(directory, ['shop', 'blog']));
      // THEN each file is the old or the new one
      expect(error).toMatchObject(NO_ROOM);
      const wanted = contents(after);
      expectOldOrNew(directory, before, wanted);
      execFileSync('mount', ['-o', 'remount,size=4m', directory]);
      expect(synthInto(directory, ['shop', 'blog']).foreign).toEqual(Object.keys(MINE));
      expect(contents(directory)).toEqual({ ...wanted, ...MINE });
    });
  });
});

describeAsRoot('a file system that is read-only', () => {
  test('is an error; a check needs nothing else', () => {
    onMount('size=4m', (directory) => {
      // GIVEN
      synthInto(directory);
      execFileSync('mount', ['-o', 'remount,ro', directory]);
      // WHEN
      const error = errorOf(() => synthInto(directory, ['shop', 'blog']));
      // THEN
      expect(error).toMatchObject({
        type: 'FILE_WRITE_ERROR',
        suggestions: ['choose an output directory on a file system that is writable'],
      });
      expect(synthInto(directory, ['shop'], { check: true }).drift).toBe(false);
    });
  });
});

/** Somebody who owns nothing. */
const NOBODY = 65_534;

describeAsRoot('somebody who may not write', () => {
  const own = mkdtempSync(join(tmpdir(), 'synth-test-'));
  let program: string;

  beforeAll(async () => {
    program = await buildVictim(own);
  });

  afterAll(() => rmSync(own, { recursive: true }));

  const asNobody = (directory: string, names: readonly string[]) => {
    const tree = Object.fromEntries(
      names.map((name) => [name, { php: '8.4', platform: 'debian', architectures: ['amd64'] }]),
    );
    const args = [program, directory, JSON.stringify(tree), `as=${NOBODY}`];
    return spawnSync(process.execPath, args, { encoding: 'utf8' });
  };

  /** A directory of somebody's that they can reach. */
  const theirs = () => {
    const directory = join(temporaryDirectory(), 'output');
    mkdirSync(directory);
    chmodSync(join(directory, '..'), 0o755);
    chownSync(directory, NOBODY, NOBODY);
    return directory;
  };

  test.each([
    ['the output', '.'],
    ['an image', 'shop'],
    ['a context', 'shop/amd64'],
    ['a directory in it', 'shop/amd64/config'],
  ])('to the directory of %s learns which it is, and loses nothing', (_, place) => {
    // GIVEN
    const wanted = contents(synthesized(['blog']));
    const directory = theirs();
    expect(asNobody(directory, ['shop', 'blog'])).toMatchObject({ status: 0, stderr: '' });
    putMine(directory);
    const before = contents(directory);
    chmodSync(join(directory, place), 0o555);
    // WHEN
    const { status, stderr } = asNobody(directory, ['blog']);
    // THEN
    expect(status).toBe(13);
    expect(stderr).toContain('FILE_WRITE_ERROR');
    expect(stderr).toContain(join(directory, place));
    expect(stderr).toContain('EACCES');
    expect(stderr).toContain('make it writable for you, or choose another output directory');
    expectOldOrNew(directory, before, wanted);
    chmodSync(join(directory, place), 0o755);
    expect(asNobody(directory, ['blog'])).toMatchObject({ status: 0, stderr: '' });
    expect(contents(directory)).toEqual({ ...wanted, ...MINE });
  });
});
