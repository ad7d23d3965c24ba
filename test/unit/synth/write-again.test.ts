import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorOf, listing, removeTemporaryDirectories, synthInto, temporaryDirectory } from './support';

afterEach(removeTemporaryDirectories);

const NGINX = 'shop/amd64/nginx.conf';

/** The listing without the directories: a lock comes and goes in the outermost. */
function files(outdir: string) {
  return Object.fromEntries(Object.entries(listing(outdir)).filter(([, { kind }]) => kind !== 'directory'));
}

test('a second synthesis of the same tree touches no file', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  const first = synthInto(outdir, ['shop', 'blog']);
  const before = files(outdir);
  // WHEN
  const second = synthInto(outdir, ['shop', 'blog']);
  // THEN
  expect(files(outdir)).toEqual(before);
  expect(first.written.length).toBe(Object.keys(before).length - 1);
  expect(second).toMatchObject({ written: [], removed: [], unchanged: first.written.length, drift: false });
});

test('nothing but the manifest and the files in it lies in the output afterwards', () => {
  const outdir = temporaryDirectory();
  const { written } = synthInto(outdir);
  expect(Object.keys(files(outdir)).sort()).toEqual([...written, 'manifest.json'].sort());
});

test('files that nobody generates any more are removed, and directories that are empty then', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  synthInto(outdir, ['shop', 'blog']);
  // WHEN
  const { removed } = synthInto(outdir, ['blog']);
  // THEN
  expect(removed).toContain(NGINX);
  expect(existsSync(join(outdir, 'shop'))).toBe(false);
  expect(existsSync(join(outdir, 'blog/amd64/nginx.conf'))).toBe(true);
});

test('a file that nobody ever generated is left and named, also below an image that goes', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  synthInto(outdir, ['shop', 'blog']);
  writeFileSync(join(outdir, 'shop/amd64/notes.txt'), 'mine');
  writeFileSync(join(outdir, 'todo.txt'), 'mine');
  // WHEN
  const report = synthInto(outdir, ['blog']);
  // THEN
  expect(report.foreign).toEqual(['shop/amd64/notes.txt', 'todo.txt']);
  expect(files(outdir)['shop/amd64/notes.txt']).toMatchObject({ content: 'mine' });
  expect(Object.keys(listing(join(outdir, 'shop')))).toEqual(['amd64', 'amd64/notes.txt']);
});

test('a generated file that was edited by hand stops the synthesis, which changes nothing', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  synthInto(outdir);
  appendFileSync(join(outdir, NGINX), '# mine\n');
  appendFileSync(join(outdir, 'shop/README.md'), 'mine\n');
  const before = files(outdir);
  // WHEN
  const error = errorOf(() => synthInto(outdir, ['shop', 'blog']));
  // THEN
  expect(error).toMatchObject({ type: 'FILE_WRITE_ERROR', exitStatus: 13 });
  expect(error.details.map(({ where }) => where)).toEqual([join(outdir, 'shop/README.md'), join(outdir, NGINX)]);
  expect(error.message).toContain('synth --force');
  expect(files(outdir)).toEqual(before);
});

test('with force the edit is lost', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  synthInto(outdir);
  const before = files(outdir)[NGINX]?.content;
  appendFileSync(join(outdir, NGINX), '# mine\n');
  // WHEN
  const report = synthInto(outdir, ['shop'], { force: true });
  // THEN
  expect(report.written).toEqual([NGINX]);
  expect(files(outdir)[NGINX]?.content).toBe(before);
});

test('an edited file of an image that goes is not removed without force', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  synthInto(outdir, ['shop', 'blog']);
  appendFileSync(join(outdir, NGINX), '# mine\n');
  // WHEN
  const error = errorOf(() => synthInto(outdir, ['blog']));
  synthInto(outdir, ['blog'], { force: true });
  // THEN
  expect(error.details).toEqual([expect.objectContaining({ where: join(outdir, NGINX) })]);
  expect(error.message).toContain('is not any more');
  expect(existsSync(join(outdir, 'shop'))).toBe(false);
});

test('a file of somebody else where a generated one belongs is an error', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  mkdirSync(join(outdir, 'shop/amd64'), { recursive: true });
  writeFileSync(join(outdir, NGINX), 'mine');
  // WHEN
  const error = errorOf(() => synthInto(outdir));
  // THEN
  expect(error.details.map(({ where }) => where)).toEqual([join(outdir, NGINX)]);
  expect(Object.keys(files(outdir))).toEqual([NGINX]);
});

test('a missing file is written again, and a lost executable bit is set again', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  synthInto(outdir);
  const before = files(outdir);
  rmSync(join(outdir, NGINX));
  chmodSync(join(outdir, 'shop/amd64/scripts/assemble.sh'), 0o644);
  // WHEN
  const report = synthInto(outdir);
  // THEN
  expect(report.written).toEqual([NGINX, 'shop/amd64/scripts/assemble.sh']);
  const modes = (entries: typeof before) =>
    Object.entries(entries).map(([path, { mode, content }]) => [path, mode, content]);
  expect(modes(files(outdir))).toEqual(modes(before));
});

test('a manifest that cannot be read stops the synthesis, until force', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  synthInto(outdir);
  writeFileSync(join(outdir, 'manifest.json'), '{"version": 99}');
  // WHEN
  const error = errorOf(() => synthInto(outdir));
  const forced = synthInto(outdir, ['shop'], { force: true });
  // THEN
  expect(error.details[0]).toMatchObject({ where: join(outdir, 'manifest.json') });
  expect(forced.drift).toBe(true);
  expect(synthInto(outdir).drift).toBe(false);
});
