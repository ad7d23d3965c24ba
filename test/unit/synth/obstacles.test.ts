import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asRoot,
  contents,
  errorOf,
  listing,
  removeTemporaryDirectories,
  synthInto,
  temporaryDirectory,
} from './support';

afterEach(removeTemporaryDirectories);

/** A directory that nothing may write to, with a file in it, and an output beside it. */
function outside() {
  const base = temporaryDirectory();
  const victim = join(base, 'victim');
  mkdirSync(victim);
  writeFileSync(join(victim, 'file'), 'precious');
  return { outdir: join(base, 'output'), victim };
}

test.each([
  ['a file', 'shop/amd64/nginx.conf', 'file'],
  ['a directory', 'shop/amd64/config', ''],
  ['the directory of an image', 'shop', ''],
  ['the manifest', 'manifest.json', 'file'],
  ['the journal', '.synth-journal.json', 'file'],
  ['the lock', '.synth-lock', 'file'],
])('a symbolic link in the place of %s is refused, and nothing is written through it', (_, place, target) => {
  // GIVEN
  const { outdir, victim } = outside();
  synthInto(outdir);
  rmSync(join(outdir, place), { recursive: true, force: true });
  symlinkSync(join(victim, target), join(outdir, place));
  // WHEN
  const error = errorOf(() => synthInto(outdir, ['shop', 'blog'], { force: true }));
  // THEN
  expect(error.type).toBe('FILE_WRITE_ERROR');
  expect(error.details[0]?.where).toBe(join(outdir, place));
  expect(contents(victim)).toEqual({ file: 'precious' });
});

test.each(['shop/amd64/nginx.conf', '.synth-journal.json'])(
  'a symbolic link where %s is written beside its place is not followed',
  (place) => {
    // GIVEN
    const { outdir, victim } = outside();
    mkdirSync(join(outdir, 'shop/amd64'), { recursive: true });
    symlinkSync(join(victim, 'file'), join(outdir, `${place}.synth-tmp`));
    // WHEN
    const error = errorOf(() => synthInto(outdir));
    // THEN
    expect(error.type).toBe('FILE_WRITE_ERROR');
    expect(contents(victim)).toEqual({ file: 'precious' });
  },
);

test('a manifest that names files outside of the output is not believed', () => {
  // GIVEN
  const { outdir, victim } = outside();
  synthInto(outdir);
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    files: Record<string, unknown>;
  };
  manifest.files['../victim/file'] = { sha256: createHash('sha256').update('precious').digest('hex') };
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify(manifest));
  // WHEN
  const error = errorOf(() => synthInto(outdir));
  synthInto(outdir, ['shop'], { force: true });
  // THEN
  expect(error.details[0]?.where).toBe(join(outdir, 'manifest.json'));
  expect(contents(victim)).toEqual({ file: 'precious' });
});

test.each([
  ['a file where a directory belongs', (outdir: string) => writeFileSync(join(outdir, 'shop'), 'mine'), 'shop'],
  [
    'a directory where a file belongs',
    (outdir: string) => mkdirSync(join(outdir, 'shop/amd64/Dockerfile'), { recursive: true }),
    'shop/amd64/Dockerfile',
  ],
  ['a directory where the lock belongs', (outdir: string) => mkdirSync(join(outdir, '.synth-lock')), '.synth-lock'],
])('%s is an error that names it', (_, plant, place) => {
  // GIVEN
  const outdir = temporaryDirectory();
  plant(outdir);
  const before = contents(outdir);
  // WHEN
  const error = errorOf(() => synthInto(outdir));
  // THEN
  expect(error.details[0]?.where).toBe(join(outdir, place));
  expect(contents(outdir)).toEqual(before);
});

test('an output below a file is an error that names it', () => {
  const base = temporaryDirectory();
  writeFileSync(join(base, 'file'), 'mine');
  const error = errorOf(() => synthInto(join(base, 'file/output')));
  expect(error.message).toContain('ENOTDIR');
  expect(error.suggestions).toEqual(['move the file that stands where a directory belongs away']);
});

/** Runs something in a directory that is a file system of its own. */
function onMount(options: string, run: (directory: string) => void): void {
  const directory = temporaryDirectory();
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory]);
  try {
    run(directory);
  } finally {
    execFileSync('umount', [directory]);
  }
}

/** Whether a file system can be mounted here. */
function canMount(name: string): boolean {
  if (!asRoot(name)) {
    return false;
  }
  try {
    onMount('size=4k', () => undefined);
    return true;
  } catch (error) {
    console.warn(`skipped, no mount here: ${name}: ${(error as Error).message}`);
    return false;
  }
}

test.each([
  ['a little room', '64k'],
  ['no room', '4k'],
])('a full file system (%s) is an error; with room again the next synthesis finishes', (name, size) => {
  if (!canMount(name)) {
    return;
  }
  onMount(`size=${size}`, (directory) => {
    // GIVEN
    if (size === '4k') {
      writeFileSync(join(directory, 'ballast'), 'x'.repeat(4096));
    }
    // WHEN
    const error = errorOf(() => synthInto(directory));
    // THEN
    expect(error).toMatchObject({ type: 'FILE_WRITE_ERROR', suggestions: ['free some space and synthesize again'] });
    expect(
      Object.keys(listing(directory)).filter((path) => path.includes('synth-tmp') || path.includes('lock')),
    ).toEqual([]);
    execFileSync('mount', ['-o', 'remount,size=4m', directory]);
    expect(synthInto(directory).drift).toBe(true);
    expect(synthInto(directory).drift).toBe(false);
  });
});

test('a read-only file system is an error; a check needs nothing else', () => {
  if (!canMount('read-only')) {
    return;
  }
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
