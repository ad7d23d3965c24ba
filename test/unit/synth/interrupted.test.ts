import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Random } from './kill/random';
import { appOf, randomTree, type Tree } from './kill/tree';
import { buildVictim } from './kill/victim';
import { contents, listing, removeTemporaryDirectories, temporaryDirectory } from './support';
import { assemble, Testing, type Manifest } from '../../../src';
import { checkContext } from '../../../src/publish/check-context';
import { writeOutput } from '../../../src/synth/write-output';

/** Moments at which a synthesis is killed in each run; 200 in the nightly one. */
const KILLS = Number(process.env.KILLS ?? 32);

/** Tells which trees, and which moments; KILL_SEED is what an earlier run printed. */
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 2 ** 31);

/** What a person put beside generated files; an output that is new may have no more than hidden ones. */
const HIDDEN = { '.notes': 'mine' };
const MINE = { ...HIDDEN, 'shop/todo.txt': 'mine' };

const WORK = /\.synth-(?:tmp|lock|journal|unfinished)/;

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');

/** What a synthesis of a tree into an empty directory leaves there, but for what is a person's. */
function wanted(tree: Tree): Record<string, string> {
  const { paths, file, manifest } = Testing.synth(appOf(tree, 'output'));
  const files = Object.fromEntries(paths.map((path) => [path, file(path)]));
  return { ...files, 'manifest.json': `${JSON.stringify(manifest, null, 2)}\n` };
}

/** A directory, and what may lie in it: the files of every tree that was written, or begun, there. */
interface Scene {
  readonly outdir: string;
  /** Files of a person. */
  readonly mine: Readonly<Record<string, string>>;
  readonly trees: Array<Record<string, string>>;
}

/** How a synthesis was killed. */
interface Kill {
  readonly tree: Tree;
  readonly files: Record<string, string>;
  /** Before which operation on the file system; 0: by its clock. */
  readonly operation: number;
  readonly milliseconds: number;
}

/**
 * Kills a synthesis at a moment that chance picks: mostly before one of the operations that it makes on the file system,
 * sometimes by the clock, while it renders.
 */
function randomKill(random: Random, { outdir }: Scene): Kill {
  const tree = randomTree(random);
  const there = contents(outdir);
  const files = wanted(tree);
  const changed = Object.keys(files).filter((path) => there[path] !== files[path]);
  const isStaged = (path: string) => path.includes('/') && !existsSync(join(outdir, path.split('/')[0]!));
  // A file is opened, given its mode, written and renamed in; one of a new directory is written, as its directories are.
  const operations = changed.reduce((sum, path) => sum + (isStaged(path) ? 1.3 : 4), 10);
  return random.chance(0.85)
    ? { tree, files, operation: 1 + random.below(Math.floor(operations)), milliseconds: 0 }
    : { tree, files, operation: 0, milliseconds: random.below(400) };
}

/** Whether the synthesis was killed; it may have been done before. */
function carryOut(victim: string, outdir: string, { tree, operation, milliseconds }: Kill): Promise<boolean> {
  const child = spawn(process.execPath, [victim, outdir, JSON.stringify(tree), String(operation)]);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  if (operation === 0) {
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), milliseconds));
  }
  return new Promise((resolve, reject) =>
    child.on('close', (status, signal) =>
      status === 0 || signal === 'SIGKILL' ? resolve(signal === 'SIGKILL') : reject(new Error(errors)),
    ),
  );
}

function readManifest(outdir: string): Manifest | undefined {
  const path = join(outdir, 'manifest.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : undefined;
}

/** Contexts whose files are not those that the manifest lists. */
function mixedContexts(manifest: Manifest, left: Readonly<Record<string, string>>): string[] {
  return contextsOf(manifest).filter((context) => {
    const below = `${context}/`;
    const listed = Object.entries(manifest.files).filter(([path]) => path.startsWith(below));
    const present = Object.keys(left).filter((path) => path.startsWith(below));
    return (
      present.length !== listed.length ||
      listed.some(([path, file]) => left[path] === undefined || sha256(left[path]) !== file.sha256)
    );
  });
}

function contextsOf({ images }: Manifest): string[] {
  return Object.values(images).flatMap(({ architectures }) =>
    Object.values(architectures).map(({ context }) => context),
  );
}

/** Whether what is left is whole, known, and refused by publish where it is mixed; gives whether it is mixed. */
function judge({ outdir, mine, trees }: Scene): boolean {
  const left = contents(outdir);
  const known = ['manifest.json', '.synth-journal.json', '.synth-unfinished.json']
    .map((name) => left[name] ?? '')
    .join();
  const wrong = Object.entries(left)
    .filter(([path]) => !WORK.test(path) && !Object.hasOwn(mine, path))
    .flatMap(([path, content]) => [
      ...(trees.some((files) => files[path] === content) ? [] : [`${path} is neither old nor new`]),
      ...(path === 'manifest.json' || known.includes(sha256(content)) ? [] : [`${path} is not known as ours`]),
    ]);
  expect(wrong).toEqual([]);
  expect(left).toMatchObject(mine);
  const manifest = readManifest(outdir);
  const mixed = manifest ? mixedContexts(manifest, left) : [];
  const refused = (manifest ? contextsOf(manifest) : []).filter(
    (context) => checkContext(outdir, manifest!, context).length > 0,
  );
  expect(refused).toEqual(mixed);
  return mixed.length > 0;
}

/** What became of a number of kills. */
interface Tally {
  killed: number;
  writing: number;
  mixed: number;
}

/** Kills one synthesis after another in one directory, none of which may finish what those before it began. */
async function play(victim: string, { seed, kills }: { seed: number; kills: number }, tally: Tally): Promise<void> {
  const random = new Random(seed);
  const isNew = random.chance(0.2);
  const scene: Scene = { outdir: temporaryDirectory(), mine: isNew ? HIDDEN : MINE, trees: [] };
  if (!isNew) {
    scene.trees.push(finish(scene.outdir, randomTree(random)));
  }
  for (const [path, content] of Object.entries(scene.mine)) {
    mkdirSync(dirname(join(scene.outdir, path)), { recursive: true });
    writeFileSync(join(scene.outdir, path), content);
  }
  for (let kill = 0; kill < kills; kill++) {
    const next = randomKill(random, scene);
    scene.trees.push(next.files);
    tally.killed += (await carryOut(victim, scene.outdir, next)) ? 1 : 0;
    tally.writing += existsSync(join(scene.outdir, '.synth-journal.json')) ? 1 : 0;
    tally.mixed += judge(scene) ? 1 : 0;
  }
  finish(scene.outdir, randomTree(random), scene.mine);
}

/** A synthesis that nobody kills: it leaves the tree and what is a person's, and asks for no force; gives the files. */
function finish(outdir: string, tree: Tree, mine: Scene['mine'] = {}): Record<string, string> {
  const { foreign } = appOf(tree, outdir).synth();
  const files = wanted(tree);
  expect(contents(outdir)).toEqual({ ...files, ...mine });
  expect(foreign).toEqual(Object.keys(mine));
  expect(emptyDirectories(outdir)).toEqual([]);
  return files;
}

function emptyDirectories(outdir: string): string[] {
  const entries = Object.entries(listing(outdir));
  const directories = entries.filter(([, { kind }]) => kind === 'directory').map(([path]) => path);
  return directories.filter((directory) => !entries.some(([path]) => path.startsWith(`${directory}/`)));
}

/** Kills of each scene: one, or some in a row over a tree that changes. */
function scenes(random: Random): Array<{ seed: number; kills: number }> {
  const all: Array<{ seed: number; kills: number }> = [];
  for (let left = KILLS; left > 0;) {
    const kills = Math.min(left, 1 + random.below(4));
    all.push({ seed: random.below(2 ** 31), kills });
    left -= kills;
  }
  return all;
}

afterEach(removeTemporaryDirectories);

test('after a kill at any moment every file is whole and known, and the next synthesis finishes without force', async () => {
  // GIVEN
  process.stdout.write(`${KILLS} kills of a synthesis, KILL_SEED=${SEED}\n`);
  const victim = await buildVictim(temporaryDirectory());
  const tally: Tally = { killed: 0, writing: 0, mixed: 0 };
  // WHEN, THEN
  for (const scene of scenes(new Random(SEED))) {
    await play(victim, scene, tally).catch((error: unknown) => {
      throw new Error(`KILL_SEED=${SEED}, scene ${JSON.stringify(scene)}: ${String(error)}`, { cause: error });
    });
  }
  process.stdout.write(
    `${tally.killed} killed, ${tally.writing} of them while it wrote; ${tally.mixed} mixed states\n`,
  );
  expect(tally.killed).toBeGreaterThan(KILLS / 2);
  expect(tally.mixed).toBeGreaterThan(0);
}, 3_600_000);

/** Trees that differ in every image. */
const BEFORE: Tree = { shop: { php: '8.4', platform: 'debian', s6: { source: 'overlay', maxDeaths: 3 } } };
const DURING: Tree = { shop: { php: '8.4', platform: 'debian' } };
const AFTER: Tree = { shop: { php: '8.4', platform: 'debian', s6: { maxDeaths: 9 } } };

test.each([0, 1, 10, 60])(
  'what was written before an end after %i files is known as ours by a synthesis of another tree',
  (count) => {
    // GIVEN
    const outdir = temporaryDirectory();
    appOf(BEFORE, outdir).synth();
    const { manifest, files } = assemble(appOf(DURING, outdir));
    const source = function* () {
      let given = 0;
      for (const file of files()) {
        if (given++ === count) {
          throw new Error('the power went');
        }
        yield file;
      }
    };
    expect(() => writeOutput(outdir, manifest, source, false)).toThrow('the power went');
    // WHEN
    appOf(AFTER, outdir).synth();
    // THEN
    expect(contents(outdir)).toEqual(wanted(AFTER));
  },
);
