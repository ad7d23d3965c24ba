import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contents, errorOf, listing, removeTemporaryDirectories, synthInto, temporaryDirectory } from './support';
import { StagedDirectory, stagedPath } from '../../../src/synth/staged-directory';

afterEach(removeTemporaryDirectories);

/** Where the directory of the image `shop` is put together. */
const STAGING = '.shop.synth-tmp';

function synthesized(): Record<string, string> {
  const directory = temporaryDirectory();
  synthInto(directory);
  return contents(directory);
}

describe('where the directory of an image is put together', () => {
  it('has a name that no image has', () => {
    const outdir = temporaryDirectory();
    synthInto(outdir, ['shop', 'shop.synth-tmp']);
    expect(Object.keys(listing(outdir))).toEqual(expect.arrayContaining(['shop', 'shop.synth-tmp']));
    expect(Object.keys(listing(outdir))).not.toContain(STAGING);
  });

  it('may be taken by a file: the image is written file by file', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    writeFileSync(join(outdir, STAGING), 'mine');
    // WHEN
    const { foreign } = synthInto(outdir);
    // THEN
    expect(contents(outdir)).toEqual({ ...synthesized(), [STAGING]: 'mine' });
    expect(foreign).toEqual([STAGING]);
  });

  it('may be a link, through which nothing is written', () => {
    // GIVEN
    const [outdir, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    writeFileSync(join(elsewhere, 'mine.txt'), 'mine');
    symlinkSync(elsewhere, join(outdir, STAGING));
    // WHEN
    synthInto(outdir);
    // THEN
    expect(contents(elsewhere)).toEqual({ 'mine.txt': 'mine' });
    expect(contents(outdir)).toEqual({ ...synthesized(), [STAGING]: elsewhere });
  });

  it('keeps what a person put there', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    mkdirSync(join(outdir, STAGING, 'amd64'), { recursive: true });
    writeFileSync(join(outdir, STAGING, 'amd64/Dockerfile'), 'mine');
    // WHEN
    synthInto(outdir);
    // THEN
    expect(contents(outdir)).toEqual({ ...synthesized(), [`${STAGING}/amd64/Dockerfile`]: 'mine' });
  });

  it('is gone after a kill that left a directory without the one below it', () => {
    // GIVEN a directory that has directories and no file
    const outdir = temporaryDirectory();
    synthInto(outdir);
    const parents = Object.keys(contents(outdir)).map((path) => dirname(path));
    const above = parents.map((path) => dirname(path)).find((path) => path !== '.' && !parents.includes(path))!;
    renameSync(join(outdir, 'manifest.json'), join(outdir, '.synth-journal.json'));
    rmSync(join(outdir, 'shop'), { recursive: true });
    mkdirSync(join(outdir, above.replace(/^shop/, STAGING)), { recursive: true });
    // WHEN
    synthInto(outdir);
    // THEN
    expect(Object.keys(listing(outdir)).filter((path) => path.startsWith('.'))).toEqual([]);
    expect(contents(outdir)).toEqual(synthesized());
  });
});

const file = (path: string, content = path) => ({ path, content, executable: false });

describe('a directory that is put together beside its place', () => {
  it('is not in its place until it is whole, and then with what was written', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    const staged = StagedDirectory.begin(outdir, 'shop')!;
    staged.write(file('shop/Dockerfile'));
    staged.write({ ...file('shop/amd64/files/run'), executable: true });
    staged.write(file('shop/amd64/files/stop'));
    expect(Object.keys(contents(outdir)).sort()).toEqual(
      ['Dockerfile', 'amd64/files/run', 'amd64/files/stop'].map((path) => `${STAGING}/${path}`),
    );
    // WHEN
    staged.commit();
    // THEN
    expect(contents(outdir)).toEqual({
      'shop/Dockerfile': 'shop/Dockerfile',
      'shop/amd64/files/run': 'shop/amd64/files/run',
      'shop/amd64/files/stop': 'shop/amd64/files/stop',
    });
  });

  it('leaves nothing when it is given up', () => {
    const outdir = temporaryDirectory();
    const staged = StagedDirectory.begin(outdir, 'shop')!;
    staged.write(file('shop/amd64/Dockerfile'));
    staged.discard();
    expect(readdirSync(outdir)).toEqual([]);
    expect(() => staged.discard()).not.toThrow();
  });

  it.each([0o022, 0o077, 0o002])('has the modes that it has to have, whatever the umask takes away (%o)', (umask) => {
    // GIVEN
    const outdir = temporaryDirectory();
    const before = process.umask(umask);
    // WHEN
    try {
      const staged = StagedDirectory.begin(outdir, 'shop')!;
      ['shop/a', 'shop/b', 'shop/c'].forEach((path) => staged.write(file(path)));
      ['shop/run', 'shop/stop'].forEach((path) => staged.write({ ...file(path), executable: true }));
      staged.commit();
    } finally {
      process.umask(before);
    }
    // THEN
    const modes = ['a', 'b', 'c', 'run', 'stop'].map((name) => listing(outdir)[`shop/${name}`]!.mode);
    expect(modes).toEqual(['644', '644', '644', '755', '755']);
  });

  it('has directories that others may enter', () => {
    const outdir = temporaryDirectory();
    const before = process.umask(0);
    try {
      const staged = StagedDirectory.begin(outdir, 'shop')!;
      staged.write(file('shop/amd64/Dockerfile'));
      staged.commit();
      StagedDirectory.write(join(outdir, 'other'), 'shop', []);
    } finally {
      process.umask(before);
    }
    const { shop, other, 'shop/amd64': below } = listing(outdir);
    expect([shop!.mode, other!.mode, below!.mode]).toEqual(['755', '755', '755']);
  });

  it('replaces no file that stands there already, and names where it would be', () => {
    const outdir = temporaryDirectory();
    const staged = StagedDirectory.begin(outdir, 'shop')!;
    staged.write(file('shop/Dockerfile', 'first'));
    const error = errorOf(() => staged.write(file('shop/Dockerfile', 'second')));
    expect(error.type).toBe('FILE_WRITE_ERROR');
    expect(error.details[0]!.where).toBe(join(outdir, 'shop/Dockerfile'));
    expect(contents(outdir)).toEqual({ [`${STAGING}/Dockerfile`]: 'first' });
  });

  it('does not come where something stands by now, and names the place', () => {
    const outdir = temporaryDirectory();
    const staged = StagedDirectory.begin(outdir, 'shop')!;
    staged.write(file('shop/Dockerfile'));
    writeFileSync(join(outdir, 'shop'), 'mine');
    expect(errorOf(() => staged.commit()).details[0]!.where).toBe(join(outdir, 'shop'));
    expect(contents(outdir).shop).toBe('mine');
  });

  it('is not begun where another one is', () => {
    const outdir = temporaryDirectory();
    expect(StagedDirectory.begin(outdir, 'shop')).toBeInstanceOf(StagedDirectory);
    expect(StagedDirectory.begin(outdir, 'shop')).toBeUndefined();
    expect(StagedDirectory.begin(outdir, 'blog')?.name).toBe('blog');
  });

  it('cannot be begun where there is no output, which names the place that it would have', () => {
    const gone = join(temporaryDirectory(), 'gone');
    const error = errorOf(() => StagedDirectory.begin(gone, 'shop'));
    expect(error.type).toBe('FILE_WRITE_ERROR');
    expect(error.details[0]!.where).toBe(join(gone, 'shop'));
  });

  it('may be written for somebody who puts it into its place', () => {
    const outdir = temporaryDirectory();
    StagedDirectory.write(join(outdir, 'early'), 'shop', [file('shop/Dockerfile'), file('shop/amd64/nginx.conf')]);
    expect(contents(outdir)).toEqual({
      'early/Dockerfile': 'shop/Dockerfile',
      'early/amd64/nginx.conf': 'shop/amd64/nginx.conf',
    });
  });

  it('holds no file that lies in no directory', () => {
    expect(stagedPath('manifest.json')).toBeUndefined();
    expect(stagedPath('shop/amd64/Dockerfile')).toBe(`${STAGING}/amd64/Dockerfile`);
  });
});
