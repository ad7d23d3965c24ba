import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { removeTemporaryDirectories, temporaryDirectory } from './support';
import { listingOf, SynthMemory, type LastSynthesis, type Listing } from '../../../src/synth/last-synthesis';
import { OutputDirectory } from '../../../src/synth/output-directory';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const LAST = { manifest: 'hash of a manifest', files: 7, listing: 'hash of a listing', foreign: ['mine.txt'] };

afterEach(removeTemporaryDirectories);

describe('what is remembered of the last synthesis', () => {
  let cache: string;
  let outdir: string;

  beforeEach(() => {
    [cache, outdir] = [join(temporaryDirectory(), 'cache'), temporaryDirectory()];
  });

  function memory(place = outdir, made = 'tree'): SynthMemory {
    return new SynthMemory(cache, place, made);
  }

  it('is nothing before something was', () => {
    expect(memory().recall()).toBeUndefined();
  });

  it('comes back as it was, to whoever asks for the same output of the same tree', () => {
    // WHEN
    memory().remember(LAST);
    // THEN
    expect(memory().recall()).toEqual({ ...LAST, from: sha256(`${outdir}\ntree`) });
    expect(readdirSync(cache)).toEqual([`synth-${sha256(outdir).slice(0, 16)}.json`]);
  });

  it('gives way to what comes later', () => {
    memory().remember(LAST);
    memory().remember({ manifest: 'another', files: 8, foreign: [] });
    expect(memory().recall()).toEqual({
      from: expect.any(String) as string,
      manifest: 'another',
      files: 8,
      foreign: [],
    });
  });

  it('is of one tree at a time', () => {
    memory(outdir, 'tree').remember(LAST);
    expect(memory(outdir, 'another').recall()).toBeUndefined();
    memory(outdir, 'another').remember(LAST);
    expect(memory(outdir, 'tree').recall()).toBeUndefined();
  });

  it('is kept for each output', () => {
    const other = temporaryDirectory();
    memory(outdir).remember(LAST);
    expect(memory(other).recall()).toBeUndefined();
    memory(other).remember({ ...LAST, files: 9 });
    expect([memory(outdir), memory(other)].map((one) => one.recall()?.files)).toEqual([7, 9]);
  });

  it('is known by each way to the output', () => {
    // GIVEN
    const link = join(temporaryDirectory(), 'link');
    symlinkSync(outdir, link);
    // WHEN
    memory().remember(LAST);
    // THEN
    expect(memory(link).recall()).toMatchObject(LAST);
    expect(memory(relative(process.cwd(), outdir)).recall()).toMatchObject(LAST);
  });

  it('is known of an output that is gone, and comes again', () => {
    // GIVEN
    rmSync(outdir, { recursive: true });
    // WHEN
    memory(relative(process.cwd(), outdir)).remember(LAST);
    // THEN
    expect(memory().recall()).toMatchObject(LAST);
    mkdirSync(outdir);
    expect(memory().recall()).toMatchObject(LAST);
  });

  it.each<[string, (last: LastSynthesis) => unknown]>([
    ['is of another tree', (last) => ({ ...last, from: 'another' })],
    ['has no number of files', ({ files, ...last }) => ({ ...last, files: String(files) })],
    ['has no list of foreign files', (last) => ({ ...last, foreign: { length: 1 } })],
    ['is null', () => null],
    ['is a list', () => []],
  ])('is nothing where what was kept %s', (_, change) => {
    // GIVEN
    memory().remember(LAST);
    const path = join(cache, readdirSync(cache)[0]!);
    const kept = JSON.parse(readFileSync(path, 'utf8')) as LastSynthesis;
    writeFileSync(path, JSON.stringify(kept));
    expect(memory().recall()).toBeDefined();
    // WHEN
    writeFileSync(path, JSON.stringify(change(kept)));
    // THEN
    expect(memory().recall()).toBeUndefined();
  });
});

describe('what the system knows of the files of an output', () => {
  let outdir: string;

  beforeEach(() => {
    outdir = temporaryDirectory();
    mkdirSync(join(outdir, 'shop'));
    ['manifest.json', 'shop/nginx.conf'].forEach((name) => writeFileSync(join(outdir, name), 'text\n'));
  });

  function look(own: (name: string) => boolean = () => false): Listing {
    return listingOf(new OutputDirectory(outdir), own);
  }

  /** A line for each file, as they are hashed. */
  function lines(names: readonly string[]): string {
    const known = names.map((name) => ({ name, ...lstatSync(join(outdir, name)) }));
    return known
      .map((file) => `${file.name}\0${file.mode} ${file.size} ${file.mtimeMs} ${file.ctimeMs} ${file.ino}\n`)
      .join('');
  }

  it('is a line for each of them, by name', () => {
    const { hash, count } = look();
    expect({ hash, count }).toEqual({ hash: sha256(lines(['manifest.json', 'shop/nginx.conf'])), count: 2 });
  });

  it('is nothing where there are none', () => {
    rmSync(outdir, { recursive: true });
    expect(look()).toEqual({ hash: sha256(''), youngest: 0, count: 0 });
  });

  it('is without the names that come and go', () => {
    // GIVEN
    const before = look();
    // WHEN
    writeFileSync(join(outdir, '.lock'), '');
    utimesSync(join(outdir, '.lock'), 4_000_000_000, 4_000_000_000);
    // THEN
    expect(look((name) => name === '.lock')).toEqual(before);
    expect(look().count).toBe(3);
  });

  it('tells of every line where they are many', () => {
    // GIVEN more than what is hashed at a time, twice
    const deep = Array.from({ length: 12 }, () => 'd'.repeat(250)).join('/');
    const names = Array.from({ length: 50 }, (_, index) => `${deep}/${100 + index}`);
    mkdirSync(join(outdir, deep), { recursive: true });
    names.forEach((name) => writeFileSync(join(outdir, name), ''));
    // THEN
    const all = lines([...names, 'manifest.json', 'shop/nginx.conf']);
    expect(all.length).toBeGreaterThan(2 * 65_536);
    expect(look()).toMatchObject({ hash: sha256(all), count: 52 });
  });

  it.each<[string, () => void]>([
    ['becomes longer', () => appendFileSync(join(outdir, 'manifest.json'), '\n')],
    ['becomes executable', () => chmodSync(join(outdir, 'manifest.json'), 0o755)],
    ['gets another time', () => utimesSync(join(outdir, 'manifest.json'), 1, 1)],
    ['gets another name', () => renameSync(join(outdir, 'manifest.json'), join(outdir, 'manifest.txt'))],
    ['goes', () => rmSync(join(outdir, 'manifest.json'))],
    ['comes', () => writeFileSync(join(outdir, 'shop/a'), '')],
  ])('is something else when a file %s', (_, change) => {
    const before = look();
    change();
    expect(look().hash).not.toBe(before.hash);
  });

  it.each<[string, number]>([
    ['of its content, in the future', 4_000_000_000],
    ['of what is known of it, where that of its content is past', 1],
  ])('says when the last change was: %s', (_, time) => {
    // GIVEN
    const path = join(outdir, 'manifest.json');
    utimesSync(path, time, time);
    // THEN
    const { mtimeMs, ctimeMs } = lstatSync(path);
    expect(look().youngest).toBe(Math.max(mtimeMs, ctimeMs, lstatSync(join(outdir, 'shop/nginx.conf')).ctimeMs));
  });
});
