import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, errorOf, removeTemporaryDirectories, synthInto, temporaryDirectory } from './support';

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

/** A directory with what a person keeps in it. */
function peoplesDirectory(): string {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'src'));
  writeFileSync(join(directory, 'src/index.php'), 'precious');
  writeFileSync(join(directory, 'composer.json'), '{}');
  return directory;
}

test.each([
  ['written to', {}],
  ['written to by force', { force: true }],
  ['compared', { check: true }],
])('a directory with the files of a person is no output, and is not %s', (_, options) => {
  // GIVEN
  const directory = peoplesDirectory();
  const before = contents(directory);
  // WHEN
  const error = errorOf(() => synthInto(directory, ['shop'], options));
  // THEN
  expect(error).toMatchObject({
    type: 'FILE_WRITE_ERROR',
    details: [
      { where: directory, what: expect.stringContaining('it has composer.json, src, and no manifest.json') as string },
    ],
  });
  expect(contents(directory)).toEqual(before);
});

test.each(['.gitkeep', 'lost+found'])('a directory that has nothing but %s is an output like an empty one', (entry) => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, entry), '');
  expect(synthInto(directory).drift).toBe(true);
});

test('an output stays one when a person adds a file to it', () => {
  const directory = temporaryDirectory();
  synthInto(directory);
  writeFileSync(join(directory, 'NOTES.md'), 'mine');
  expect(synthInto(directory)).toMatchObject({ drift: false, foreign: ['NOTES.md'] });
});
