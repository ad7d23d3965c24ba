import { spawnSync } from 'node:child_process';

/** What a process took. */
export interface Cost {
  /** Seconds of processor, the children's included. */
  readonly cpu: number;
  /** Seconds by the clock. */
  readonly wall: number;
  /** Megabytes of resident memory, at most. */
  readonly memory: number;
  readonly stdout: string;
}

/** A command, and where and with what it is run. */
export interface Command {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Bash tells milliseconds, and GNU time (apt package `time`) memory. */
const TIMED = 'TIMEFORMAT="took %3R %3U %3S"; time /usr/bin/time -f "memory %M" "$@"';

/** Runs a command and measures it; throws where it fails. */
export function measure({ command, cwd, env }: Command): Cost {
  const { stdout, stderr, status } = spawnSync('bash', ['-c', TIMED, 'bash', ...command], {
    cwd,
    // With points in numbers.
    env: { ...process.env, ...env, LC_ALL: 'C' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const [, kilobytes, wall, user, system] = /memory (\d+)\s+took ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  if (status !== 0 || wall === undefined) {
    throw new Error(`${command.join(' ')} in ${cwd} ended with status ${status}: ${stderr}`);
  }
  return { cpu: Number(user) + Number(system), wall: Number(wall), memory: Number(kilobytes) / 1024, stdout };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
