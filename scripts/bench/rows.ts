import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { measure, median, type Command, type Cost } from './measure';
import { asOwnModule, makeProject, PLACE, ROOT } from './projects';

/** A line of the table. */
export interface Row {
  readonly name: string;
  readonly against: string;
  /** Most, or least, that the ratio may be. */
  readonly goal: number;
  readonly isLeast?: boolean;
  readonly measure: () => { readonly ratio: number; readonly detail: string } | undefined;
}

const ROUNDS = Number(process.env.ROUNDS ?? 9);
const FLEET = Number(process.env.FLEET ?? 10_000);
/** First writes of it, each followed by a plain loop: a machine is not as fast now as a minute ago. */
const FLEET_ROUNDS = Number(process.env.FLEET_ROUNDS ?? 2);
const SMALL = 100;
/** Images of which the Dockerfiles a second are counted. */
const MANY = 250;
/** The same, where nothing is written but them. */
const RENDERED = 2500;

const SETTINGS = JSON.stringify({ name: 'fleet', private: true, 'dockerfile-generator': { app: 'images.ts' } });
const PROJENRC = (matrix: string): string => `
const { javascript, typescript } = require('projen');
const project = new typescript.TypeScriptProject({
  name: 'fleet', defaultReleaseBranch: 'main', packageManager: javascript.NodePackageManager.NPM, jest: false, projenrcTs: true, github: false, depsUpgrade: false,
  runner: typescript.TypeScriptRunner.tsx(), minNodeVersion: '20.19.0',
});
${matrix}
project.synth();
`;

/** Makes a thing once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const reference = once(() => {
  const directory = makeProject('reference', { 'package.json': SETTINGS, 'images.ts': asOwnModule('images.ts') });
  const synth = { command: SYNTH, cwd: directory };
  // The first writes, the second reads, the third knows; V8 keeps what the third needed.
  for (let round = 0; round < 4; round++) {
    measure(synth);
  }
  return synth;
});

const SYNTH = ['node', 'node_modules/projen-nginx-php/bin/dockerfile-generator', 'synth'];

/** Both, in turn, so that whatever else the machine does is shared. */
function compare(
  subject: Command,
  base: Command,
  { by, before }: { readonly by: 'cpu' | 'wall'; readonly before?: () => void },
): { ratio: number; detail: string } {
  const costs: Array<readonly [number, number]> = [];
  for (let round = 0; round < ROUNDS; round++) {
    before?.();
    costs.push([measure(subject)[by], measure(base)[by]]);
  }
  const [one, other] = [median(costs.map(([cost]) => cost)), median(costs.map(([, cost]) => cost))];
  return { ratio: one / other, detail: `${by} ${one.toFixed(3)} s and ${other.toFixed(3)} s` };
}

/** What is remembered beside a project: of V8, of outputs, and transpiled modules. */
function cacheOf({ cwd }: Command): string {
  return join(cwd, 'node_modules/.cache/projen-nginx-php');
}

function forgetTranspiled(command: Command): void {
  const isTranspiled = (name: string): boolean => /^[0-9a-f]{16}\.(?:cjs|json)$/.test(name);
  const names = readdirSync(cacheOf(command)).filter(isTranspiled);
  if (names.length === 0) {
    throw new Error(`${cacheOf(command)} has no transpiled module`);
  }
  names.forEach((name) => rmSync(join(cacheOf(command), name)));
}

function forgetAll(command: Command): void {
  rmSync(cacheOf(command), { recursive: true });
}

/** A synthesis of the reference matrix beside a start of tsx. */
function compareWithTsx(forget: (command: Command) => void): ReturnType<typeof compare> {
  const synth = reference();
  const base = { command: ['node_modules/.bin/tsx', '-e', '0'], cwd: synth.cwd };
  return compare(synth, base, { by: 'cpu', before: () => forget(synth) });
}

const projen = once(() => {
  const empty = makeProject('empty', { '.projenrc.ts': PROJENRC('') });
  const matrix = "new (require('projen-nginx-php').ImageMatrix)(project);";
  const images = makeProject('matrix', { '.projenrc.ts': PROJENRC(matrix), 'images.ts': asOwnModule('images.ts') });
  // The first run of a project writes its files.
  [empty, images].forEach((cwd) => measure({ command: ['npx', 'tsx', '.projenrc.ts'], cwd, env: QUIET }));
  const synth = { command: ['npx', 'projen', 'synth'], cwd: images };
  [1, 2, 3].forEach(() => measure(synth));
  return { synth, empty: { command: ['npx', 'projen', '--no-post'], cwd: empty } };
});

/** Nothing is installed. */
const QUIET = { PROJEN_DISABLE_POST: 'true' };

/** A project of images, and what its first synthesis took. */
interface Fleet {
  readonly project: string;
  readonly synth: Command;
  readonly first: Cost;
}

function fleet(size: number, name = `fleet-${size}`): Fleet {
  const project = makeProject(name, {
    'package.json': SETTINGS,
    'images.ts': asOwnModule('scripts/bench/fleet.ts'),
  });
  const synth = { command: SYNTH, cwd: project, env: { FLEET: String(size) } };
  return { project, synth, first: measure(synth) };
}

/** Milliseconds that a plain loop takes to read, and to write, the output of a fleet. */
interface PlainCost {
  readonly files: number;
  readonly reading: number;
  readonly writing: number;
}

/** A plain loop; what it writes stays, since ext4 is slow for a while where files were removed. */
function plainLoop({ project }: Fleet): PlainCost {
  const script = join(ROOT, 'scripts/bench/plain-files.cjs');
  const { stdout } = measure({ command: ['node', script, join(project, 'output'), `${project}-copy`], cwd: PLACE });
  return JSON.parse(stdout) as PlainCost;
}

const small = once(() => fleet(SMALL));

const rounds = once(() =>
  Array.from({ length: FLEET_ROUNDS }, (_, round) => {
    const made = fleet(FLEET, `fleet-${FLEET}-${round}`);
    return { fleet: made, plain: plainLoop(made) };
  }),
);

const large = (): Fleet => rounds()[0]!.fleet;

/** Of every round of the large fleet. */
function each(look: (round: ReturnType<typeof rounds>[number]) => number): number[] {
  return rounds().map(look);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Dockerfiles a second where that is all: no rule is asked, and no other file is written. */
function rendered(): number {
  const project = makeProject('dockerfiles', {});
  const tree = join(project, 'images.cjs');
  writeFileSync(tree, transformSync(asOwnModule('scripts/bench/fleet.ts'), { loader: 'ts', format: 'cjs' }).code);
  const script = join(ROOT, 'scripts/bench/dockerfiles.cjs');
  const own = join(project, 'node_modules/projen-nginx-php');
  const command = ['node', script, own, tree, join(project, 'written')];
  const { stdout, wall } = measure({ command, cwd: project, env: { FLEET: String(RENDERED) } });
  return Number(stdout) / wall;
}

/** Dockerfiles a second of docker-library/php, whose directory, and that of bashbrew's scripts, are given. */
const templates = once((): number | undefined => {
  const { DOCKER_PHP, BASHBREW_SCRIPTS } = process.env;
  if (!DOCKER_PHP || !BASHBREW_SCRIPTS || !existsSync(join(DOCKER_PHP, 'apply-templates.sh'))) {
    return undefined;
  }
  const cwd = join(PLACE, 'docker-php');
  cpSync(DOCKER_PHP, cwd, { recursive: true });
  const { wall } = measure({ command: ['./apply-templates.sh'], cwd, env: { BASHBREW_SCRIPTS } });
  const { stdout } = measure({ command: ['sh', '-c', 'find . -name Dockerfile | wc -l'], cwd });
  return Number(stdout) / wall;
});

/** Ours beside those of docker-library/php. */
function besideTemplates(count: () => number): ReturnType<Row['measure']> {
  const theirs = templates();
  if (theirs === undefined) {
    return undefined;
  }
  const ours = count();
  return { ratio: ours / theirs, detail: `${ours.toFixed(0)} and ${theirs.toFixed(1)} a second` };
}

export const ROWS: readonly Row[] = [
  {
    name: 'reference matrix, unchanged, caches warm',
    against: 'CPU of `node -e 0`',
    goal: 2.5,
    measure: () => compare(reference(), { command: ['node', '-e', '0'], cwd: PLACE }, { by: 'cpu' }),
  },
  {
    name: 'reference matrix, unchanged, images.ts not transpiled yet',
    against: 'CPU of `tsx -e 0`',
    goal: 1.2,
    measure: () => compareWithTsx(forgetTranspiled),
  },
  {
    name: 'reference matrix, unchanged, nothing remembered: a fresh checkout',
    against: 'CPU of `tsx -e 0`',
    goal: 1.2,
    measure: () => compareWithTsx(forgetAll),
  },
  {
    name: '`npx projen synth` of it, unchanged',
    against: 'CPU of `npx projen --no-post` in an empty TypeScript project',
    goal: 1,
    measure: () => compare(projen().synth, projen().empty, { by: 'cpu' }),
  },
  {
    name: `Dockerfiles a second with their contexts, cold, ${MANY} images`,
    against: 'apply-templates.sh of docker-library/php',
    goal: 50,
    isLeast: true,
    measure: () => besideTemplates(() => (2 * MANY) / fleet(MANY).first.wall),
  },
  {
    name: `Dockerfiles a second alone, without rules and other files, as those are made, cold, ${RENDERED} images`,
    against: 'apply-templates.sh of docker-library/php',
    goal: 50,
    isLeast: true,
    measure: () => besideTemplates(rendered),
  },
  {
    name: `${FLEET} images, first write`,
    against: 'the time of writing the same bytes by writeFileSync',
    goal: 3,
    measure: () => {
      const ours = each((round) => round.fleet.first.wall);
      const theirs = each(({ plain }) => plain.writing / 1000);
      const told = (values: readonly number[]): string => values.map((value) => value.toFixed(1)).join(' and ');
      return {
        ratio: sum(ours) / sum(theirs),
        detail: `${told(ours)} s, against ${told(theirs)} s, ${rounds()[0]!.plain.files} files each`,
      };
    },
  },
  {
    name: `${FLEET} images, unchanged`,
    against: 'the time of reading the same bytes',
    goal: 1.5,
    measure: () => {
      // The second run reads what the first has written; the third knows it without.
      const theirs = rounds()[0]!.plain.reading / 1000;
      const [second, third] = [measure(large().synth).wall, measure(large().synth).wall];
      const detail = `the second run ${second.toFixed(1)} s, the third ${third.toFixed(1)} s, and ${theirs.toFixed(1)} s`;
      return { ratio: third / theirs, detail };
    },
  },
  {
    name: `CPU a context, first write, at ${FLEET} images`,
    against: `at ${SMALL} images`,
    goal: 1.2,
    measure: () => {
      const [many, few] = [
        sum(each((round) => round.fleet.first.cpu)) / FLEET_ROUNDS / FLEET / 2,
        small().first.cpu / SMALL / 2,
      ];
      return { ratio: many / few, detail: `${(many * 1000).toFixed(2)} ms and ${(few * 1000).toFixed(2)} ms` };
    },
  },
  {
    name: `memory, first write, at ${FLEET} images`,
    against: `at ${SMALL} images`,
    goal: 2,
    measure: () => {
      const [many, few] = [Math.max(...each((round) => round.fleet.first.memory)), small().first.memory];
      return { ratio: many / few, detail: `${many.toFixed(0)} MB and ${few.toFixed(0)} MB` };
    },
  },
];
