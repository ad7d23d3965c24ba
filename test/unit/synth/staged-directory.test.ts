import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contents, listing, removeTemporaryDirectories, synthInto, temporaryDirectory } from './support';

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
