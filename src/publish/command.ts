import type { Readable } from 'node:stream';

/** How a program is run. */
export interface CommandOptions {
  /** The whole environment of the child; @default - that of this process, without its own passwords */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Readable;
  readonly signal?: AbortSignal;
  /** Told of each line of stderr. */
  readonly onLine?: (line: string) => void;
  /** Milliseconds; @default - no limit */
  readonly timeout?: number;
}

/** How a program ended. */
export interface CommandResult {
  /** -1: it was not there, or was killed. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the program is not installed. */
  readonly absent?: boolean;
  readonly timedOut?: boolean;
}

/** Runs a program. */
export type Run = (program: string, args: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

/** Variables that hold passwords: no child gets them, but cosign that of its key, and a build that of Composer. */
export const SECRET_VARIABLES = ['REGISTRY_PASSWORD', 'COSIGN_PASSWORD', 'COMPOSER_AUTH'] as const;

/** Environment of a child, without what is meant for this process alone. */
export function childEnvironment(
  more: Readonly<Record<string, string | undefined>> = {},
): Record<string, string | undefined> {
  const own: readonly string[] = SECRET_VARIABLES;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.includes(name))), ...more };
}

/** Runs a program with an array of arguments, never through a shell. How it ends is a result, not an error. */
export const runCommand: Run = async (program, args, options = {}) => {
  // An ES module inside: loaded when the first program is run.
  const { execa } = await import('execa');
  const child = execa(program, [...args], {
    reject: false,
    extendEnv: false,
    env: options.environment ?? childEnvironment(),
    cancelSignal: options.signal,
    timeout: options.timeout,
    forceKillAfterDelay: 5_000,
    maxBuffer: 256 << 20,
    ...(typeof options.input === 'string'
      ? { input: options.input }
      : { stdin: options.input === undefined ? 'ignore' : ['pipe'] }),
    stripFinalNewline: false,
  });
  if (options.input !== undefined && typeof options.input !== 'string') {
    options.input.pipe(child.stdin!);
  }
  if (options.onLine) {
    forEachLine(child.stderr, options.onLine);
  }
  const result = await child;
  options.signal?.throwIfAborted();
  return {
    status: result.exitCode ?? -1,
    stdout: String(result.stdout ?? ''),
    stderr: String(result.stderr ?? '') || (result.failed && result.exitCode === undefined ? result.shortMessage! : ''),
    absent: result.code === 'ENOENT',
    timedOut: result.timedOut,
  };
};

function forEachLine(stream: Readable | null, tell: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    lines.filter(Boolean).forEach(tell);
  });
}
