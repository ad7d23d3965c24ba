import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { contents, removeTemporaryDirectories, temporaryDirectory } from './support';
import { EARLY, earlyName, sweepEarly } from '../../../src/synth/early-name';

/** A number that no process has: Linux gives none above four million. */
const DEAD = 99_999_999;

const MINE = `.synth-early.${hostname()}.`;

describe('the name of a directory that new images wait in', () => {
  it('says whose it is: of which machine and process', () => {
    expect(EARLY).toBe('.synth-early.');
    expect(earlyName()).toBe(`${MINE}${process.pid}`);
  });
});

describe('what killed syntheses left', () => {
  afterEach(removeTemporaryDirectories);

  it('goes with all that is in it, whether it is a directory or a file', () => {
    // GIVEN
    const outdir = temporaryDirectory();
    mkdirSync(join(outdir, `${MINE}${DEAD}`, 'shop/amd64'), { recursive: true });
    writeFileSync(join(outdir, `${MINE}${DEAD}`, 'shop/amd64/nginx.conf'), 'half');
    writeFileSync(join(outdir, `${MINE}${DEAD + 1}`), '');
    // WHEN
    sweepEarly(outdir);
    // THEN
    expect(readdirSync(outdir)).toEqual([]);
  });

  it.each([
    ['of a process that runs', `${MINE}${process.pid}`],
    ['of nobody', MINE],
    ['with something else than a number', `${MINE}x`],
    ['of another machine', `${EARLY}of-another-machine.${DEAD}`],
    ['that only ends with such a number', `${'x'.repeat(MINE.length)}${DEAD}`],
    ['that has the beginning in its middle', `x${MINE}${DEAD}`],
    ['that ends with the beginning', `x${MINE}`],
  ])('goes, and no directory %s', (_, name) => {
    // GIVEN
    const outdir = temporaryDirectory();
    mkdirSync(join(outdir, name));
    mkdirSync(join(outdir, `${MINE}${DEAD}`));
    // WHEN
    sweepEarly(outdir);
    // THEN
    expect(readdirSync(outdir)).toEqual([name]);
  });

  it('goes, and not what a link in its place leads to', () => {
    // GIVEN
    const [outdir, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    writeFileSync(join(elsewhere, 'mine.txt'), 'mine');
    symlinkSync(elsewhere, join(outdir, `${MINE}${DEAD}`));
    // WHEN
    sweepEarly(outdir);
    // THEN
    expect(readdirSync(outdir)).toEqual([]);
    expect(contents(elsewhere)).toEqual({ 'mine.txt': 'mine' });
  });
});
