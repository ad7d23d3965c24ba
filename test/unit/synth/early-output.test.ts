import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { contents, removeTemporaryDirectories, temporaryDirectory } from './support';
import { sweepEarly } from '../../../src/synth/early-name';
import { EarlyOutput } from '../../../src/synth/early-output';
import type { OutputFile } from '../../../src/synth/render-image';

const ROOT = join(__dirname, '../../..');

/** As many images as a thread is started for. */
const NAMES = Array.from({ length: 100 }, (_, index) => `shop-${index}`);

/** A number that no process has: Linux gives none above four million. */
const DEAD = 99_999_999;

function filesOf(name: string): OutputFile[] {
  return [
    { path: `${name}/README.md`, content: `# ${name}\n`, executable: false },
    { path: `${name}/amd64/scripts/run.sh`, content: '#!/bin/sh\n', executable: true },
  ];
}

function earlyDirectories(outdir: string): string[] {
  return readdirSync(outdir).filter((name) => name.startsWith('.synth-early.'));
}

describe('images that are written while others are rendered', () => {
  let built: string;
  let outdir: string;
  let thread: string;
  let early: EarlyOutput | undefined;

  beforeAll(() => {
    built = temporaryDirectory();
    thread = join(built, 'early-thread.js');
    const entryPoints = [join(ROOT, 'src/synth/early-thread.ts')];
    buildSync({ entryPoints, outfile: thread, absWorkingDir: ROOT, bundle: true, platform: 'node', format: 'cjs' });
  });

  beforeEach(() => {
    outdir = join(temporaryDirectory(), 'a/output');
  });

  afterEach(() => early?.discard());
  afterAll(removeTemporaryDirectories);

  it('are whole when all are done, with the modes that they shall have', () => {
    // GIVEN
    early = EarlyOutput.begin(outdir, NAMES, thread)!;
    // WHEN
    const taken = NAMES.map((name) => early!.take(name, filesOf(name)));
    const places = new Map(early.finish());
    // THEN
    expect(new Set(taken)).toEqual(new Set([true]));
    expect([...places.keys()]).toEqual(NAMES);
    for (const [name, place] of places) {
      expect(contents(place)).toEqual({ 'README.md': `# ${name}\n`, 'amd64/scripts/run.sh': '#!/bin/sh\n' });
      expect(statSync(join(place, 'amd64/scripts/run.sh')).mode & 0o777).toBe(0o755);
    }
    expect(readdirSync(outdir)).toEqual(earlyDirectories(outdir));
  });

  it('leave nothing when they are not wanted, not even a directory that was made for them', () => {
    // GIVEN
    early = EarlyOutput.begin(outdir, NAMES, thread)!;
    NAMES.forEach((name) => early!.take(name, filesOf(name)));
    // WHEN
    early.discard();
    // THEN
    expect(existsSync(join(outdir, '..'))).toBe(false);
    expect(existsSync(join(outdir, '../..'))).toBe(true);
  });

  it('leave a directory that was there before, though nothing is in it', () => {
    // GIVEN
    mkdirSync(outdir, { recursive: true });
    early = EarlyOutput.begin(outdir, NAMES, thread)!;
    // WHEN
    early.discard();
    // THEN
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('leave what is of a person', () => {
    // GIVEN
    mkdirSync(outdir, { recursive: true });
    writeFileSync(join(outdir, 'mine.txt'), 'mine');
    early = EarlyOutput.begin(outdir, NAMES, thread)!;
    // WHEN
    early.discard();
    // THEN
    expect(contents(outdir)).toEqual({ 'mine.txt': 'mine' });
  });

  it.each([
    ['there are few of them', () => EarlyOutput.begin(outdir, NAMES.slice(1), thread)],
    [
      'most of them are there already',
      () => {
        mkdirSync(join(outdir, NAMES[0]!), { recursive: true });
        return EarlyOutput.begin(outdir, NAMES, thread);
      },
    ],
    ['this package is not built', () => EarlyOutput.begin(outdir, NAMES)],
    [
      'the output is no directory',
      () => {
        mkdirSync(join(outdir, '..'), { recursive: true });
        writeFileSync(outdir, '');
        return EarlyOutput.begin(outdir, NAMES, thread);
      },
    ],
  ])('do not begin where %s', (_, begin) => {
    early = begin();
    expect(early).toBeUndefined();
  });

  it.each([
    ['there are few of them', () => EarlyOutput.begin(outdir, NAMES.slice(1), thread)],
    ['this package is not built', () => EarlyOutput.begin(outdir, NAMES)],
    // Node.js starts no thread of a relative path without a dot.
    ['no thread can be started', () => EarlyOutput.begin(outdir, NAMES, 'package.json')],
  ])('leave no directory where %s', (_, begin) => {
    early = begin();
    expect(early).toBeUndefined();
    expect(existsSync(join(outdir, '..'))).toBe(false);
  });

  it('are none once the thread has failed', async () => {
    // GIVEN
    const broken = join(temporaryDirectory(), 'broken.js');
    writeFileSync(broken, 'throw new Error("broken");');
    early = EarlyOutput.begin(outdir, NAMES, broken)!;
    // WHEN
    for (let waited = 0; waited < 200 && earlyDirectories(outdir).length > 0; waited++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      // What is in vain makes room.
      expect([...early.finish()]).toEqual([]);
    }
    // THEN
    expect(readdirSync(outdir)).toEqual([]);
    expect(early.take('a', filesOf('a'))).toBe(false);
  });

  it('leave one that is there already to those who compare it', () => {
    // GIVEN
    mkdirSync(join(outdir, 'there'), { recursive: true });
    early = EarlyOutput.begin(outdir, [...NAMES, 'there'], thread)!;
    // WHEN, THEN
    expect(early.take('there', filesOf('there'))).toBe(false);
    expect(early.take('new', filesOf('new'))).toBe(true);
    expect([...early.finish()].map(([name]) => name)).toEqual(['new']);
  });

  it('are none where one could not be written', () => {
    // GIVEN a file where a directory has to be
    early = EarlyOutput.begin(outdir, NAMES, thread)!;
    const wrong = { path: 'b/README.md/x', content: '', executable: false };
    early.take('a', filesOf('a'));
    // WHEN
    early.take('b', [...filesOf('b'), wrong]);
    // THEN
    expect([...early.finish()]).toEqual([]);
    expect(early.take('c', filesOf('c'))).toBe(false);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('are none where the place is taken away meanwhile', () => {
    // GIVEN
    early = EarlyOutput.begin(outdir, NAMES, thread)!;
    earlyDirectories(outdir).forEach((name) => rmSync(join(outdir, name), { recursive: true }));
    // WHEN
    early.take('a', filesOf('a'));
    // THEN
    expect([...early.finish()]).toEqual([]);
  });

  it('take the modes of nobody’s umask', () => {
    // GIVEN
    const before = process.umask(0o077);
    try {
      early = EarlyOutput.begin(outdir, NAMES, thread)!;
      // WHEN
      early.take('a', filesOf('a'));
      const [[, place]] = [...early.finish()] as [[string, string]];
      // THEN
      expect(statSync(join(place, 'README.md')).mode & 0o777).toBe(0o644);
    } finally {
      process.umask(before);
      chmodSync(outdir, 0o755);
    }
  });
});

describe('what a killed synthesis left', () => {
  afterEach(removeTemporaryDirectories);

  it('is removed, and nothing else', () => {
    // GIVEN
    const [outdir, elsewhere] = [temporaryDirectory(), temporaryDirectory()];
    writeFileSync(join(elsewhere, 'mine.txt'), 'mine');
    const mine = `.synth-early.${hostname()}.`;
    const kept = [`${mine}${process.pid}`, `${mine}x`, mine, `.synth-early.other-machine.${DEAD}`];
    [...kept, `${mine}${DEAD}`].forEach((name) => mkdirSync(join(outdir, name, 'shop'), { recursive: true }));
    symlinkSync(elsewhere, join(outdir, `${mine}${DEAD + 1}`));
    // WHEN
    sweepEarly(outdir);
    // THEN
    expect(readdirSync(outdir).sort()).toEqual(kept.sort());
    expect(contents(elsewhere)).toEqual({ 'mine.txt': 'mine' });
  });
});
