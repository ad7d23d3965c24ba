import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** Where programs of servers lie, which the PATH of a person often lacks. */
const SERVER_DIRECTORIES = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Milliseconds after which a program that judges is given up. */
const PATIENCE = 60_000;

/** What a program said. */
export interface Answer {
  readonly status: number | null;
  readonly output: string;
}

/** Path of the first of these programs that is installed here. */
export function findProgram(...names: readonly string[]): string | undefined {
  const directories = [...(process.env.PATH ?? '').split(delimiter), ...SERVER_DIRECTORIES];
  return names
    .flatMap((name) => directories.filter(Boolean).map((directory) => join(directory, name)))
    .find((path) => isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where and how a program runs. */
export interface AskOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a program in an environment without locale. */
export function ask(program: string, args: readonly string[], { cwd, environment }: AskOptions = {}): Answer {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    cwd,
    env: { ...process.env, LC_ALL: 'C', ...environment },
    maxBuffer: 64 << 20,
    timeout: PATIENCE,
  });
  return { status, output: error ? error.message : `${stdout}${stderr}` };
}

/** The first `1.2.3` that a program prints when it is asked for its version. */
export function versionOf(program: string, option = '-v'): string | undefined {
  return /\d+\.\d+(?:\.\d+)?/.exec(ask(program, [option]).output)?.[0];
}

/** Gives a directory of files, and takes it away afterwards. */
export function withFiles<T>(
  files: (directory: string) => Iterable<readonly [path: string, text: string]>,
  use: (directory: string) => T,
): T {
  const directory = mkdtempSync(join(tmpdir(), 'dockerfile-generator-'));
  try {
    for (const [path, text] of files(directory)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text, { mode: 0o755 });
    }
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
