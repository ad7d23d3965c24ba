import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * CPU (user and system) and memory of the command beside `node -e 0`, in one run, each in turn, so that whatever else
 * the machine does is shared. Exits 1 where a ratio is above its bound and STRICT=1 asks for it.
 */

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const ROOT = join(__dirname, '..');
const COMMAND = join(ROOT, 'bin/dockerfile-generator');
const directory = mkdtempSync(join(tmpdir(), 'bench-cli-'));

interface Subject {
  readonly name: string;
  readonly args: (round: number) => readonly string[];
  /** Most times the CPU of node itself. */
  readonly ratio?: number;
  /** Most megabytes of resident memory. */
  readonly memory?: number;
}

const BUILD = ['build:dockerfile', '--php', '8.3', '--platform', 'alpine', '--output'];

const SUBJECTS: readonly Subject[] = [
  { name: 'node -e 0', args: () => ['-e', '0'] },
  { name: '--version', args: () => [COMMAND, '--version'], ratio: 1.3 },
  {
    name: 'build:dockerfile, into a new folder',
    args: (round) => [COMMAND, ...BUILD, join(directory, String(round))],
    ratio: 2,
    memory: 50,
  },
  {
    name: 'build:dockerfile, nothing to do',
    args: () => [COMMAND, ...BUILD, join(directory, '0')],
    ratio: 2,
    memory: 50,
  },
];

interface Cost {
  /** Milliseconds. */
  readonly cpu: number;
  /** Megabytes. */
  readonly memory: number;
}

/** What one run took: CPU by bash, to the millisecond; memory by GNU time, where it is there. */
function measure(args: readonly string[]): Cost {
  const command = [...(existsSync(TIME) ? [TIME, '-f', 'kilobytes %M'] : []), process.execPath, ...args];
  const script = `TIMEFORMAT='milliseconds %3U %3S'; time "$@" >/dev/null`;
  const { stderr, status } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    encoding: 'utf8',
    cwd: directory,
  });
  assertDone(status, args, stderr);
  const [, user, system] = /milliseconds ([\d.]+) ([\d.]+)/.exec(stderr)!;
  const kilobytes = /kilobytes (\d+)/.exec(stderr)?.[1];
  return { cpu: (Number(user) + Number(system)) * 1000, memory: kilobytes ? Number(kilobytes) / 1024 : NaN };
}

const TIME = '/usr/bin/time';

function assertDone(status: number | null, args: readonly string[], stderr: string): void {
  if (status !== 0) {
    throw new Error(`${args.join(' ')} ended with status ${status}: ${stderr}`);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const costs = SUBJECTS.map((): Cost[] => []);
for (let round = 0; round < ROUNDS; round++) {
  SUBJECTS.forEach(({ args }, index) => costs[index]!.push(measure(args(round))));
}
rmSync(directory, { recursive: true, force: true });

const base = median(costs[0]!.map(({ cpu }) => cpu));
const rows = SUBJECTS.map(({ name, ratio, memory }, index) => {
  const cpu = median(costs[index]!.map((cost) => cost.cpu));
  const resident = median(costs[index]!.map((cost) => cost.memory));
  const isKept = (ratio === undefined || cpu / base <= ratio) && (memory === undefined || !(resident > memory));
  return {
    name,
    'CPU ms': Math.round(cpu),
    ratio: (cpu / base).toFixed(2),
    bound: ratio ?? '',
    'RSS MB': resident.toFixed(1),
    'RSS bound': memory ?? '',
    kept: isKept,
  };
});
console.log(`medians of ${ROUNDS} rounds, node ${process.versions.node}; the first round of a build is cold`);
console.table(rows);
if (process.env.STRICT === '1' && rows.some(({ kept }) => !kept)) {
  process.exitCode = 1;
}
