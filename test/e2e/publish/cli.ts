import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Receipt } from '../../../src/publish/state/receipt';

const ROOT = join(__dirname, '../../..');

/** Compiled for these tests: a command line that starts in a fraction of the time of tsx. It lies where it finds the package. */
const DIRECTORY = join(ROOT, '.cache', `e2e-${process.pid}`);

const BUNDLE = join(DIRECTORY, 'cli.cjs');

afterAll(() => rmSync(DIRECTORY, { recursive: true, force: true }));

/** How a command ended. */
export interface CliResult {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What happened, from `--log-format json`. */
  readonly events: readonly CliEvent[];
  /** Milliseconds. */
  readonly duration: number;
}

/** One line of `--log-format json`. */
export interface CliEvent {
  readonly type: string;
  readonly step?: string;
  readonly steps?: readonly string[];
  readonly detail?: string;
  readonly message?: string;
}

/** How a command is run. */
export interface CliOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Told of each event as it comes, with what ends the process. */
  readonly onEvent?: (event: CliEvent, kill: (signal: NodeJS.Signals) => void, pid: number) => void;
}

/** A project in a directory of its own. */
export class Project {
  constructor(
    readonly directory: string,
    environments: Readonly<Record<string, unknown>> = {},
  ) {
    mkdirSync(directory, { recursive: true });
    this.configure(environments);
  }

  get output(): string {
    return join(this.directory, 'output');
  }

  /** The receipt of the last publish. */
  get receipt(): Receipt {
    return JSON.parse(readFileSync(join(this.directory, '.publish', 'receipt.json'), 'utf8')) as Receipt;
  }

  configure(environments: Readonly<Record<string, unknown>>): void {
    const manifest = { name: 'fixture', 'dockerfile-generator': { environments } };
    writeFileSync(join(this.directory, 'package.json'), JSON.stringify(manifest));
  }

  /** Runs `dockerfile-generator`. */
  run(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    bundle();
    const begin = performance.now();
    const child = spawn(process.execPath, [BUNDLE, ...args], {
      cwd: this.directory,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: this.directory, CI: '1', ...options.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => undefined).end(options.input ?? '');
    let stdout = '';
    let stderr = '';
    let rest = '';
    const events: CliEvent[] = [];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop()!;
      for (const line of lines.filter((text) => text.startsWith('{'))) {
        const event = JSON.parse(line) as CliEvent;
        events.push(event);
        options.onEvent?.(event, (signal) => child.kill(signal), child.pid!);
      }
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) =>
        resolve({ status, signal, stdout, stderr, events, duration: performance.now() - begin }),
      );
    });
  }
}

/** Ids of the steps that ended well. */
export function doneSteps({ events }: Pick<CliResult, 'events'>): string[] {
  return events.filter(({ type }) => type === 'done').map(({ step }) => step!);
}

/** Ids of the steps of the plan. */
export function plannedSteps({ events }: Pick<CliResult, 'events'>): readonly string[] {
  return events.find(({ type }) => type === 'plan')?.steps ?? [];
}

/** Path of the compiled command line. */
export function bundledCli(): string {
  bundle();
  return BUNDLE;
}

function bundle(): void {
  if (existsSync(BUNDLE)) {
    return;
  }
  execFileSync(join(ROOT, 'node_modules/.bin/esbuild'), [
    join(ROOT, 'src/cli/main.ts'),
    '--bundle',
    '--platform=node',
    '--format=cjs',
    '--target=node20',
    '--packages=external',
    '--log-level=error',
    `--outfile=${BUNDLE}`,
  ]);
  // What a verification serves lies beside the code.
  cpSync(join(ROOT, 'src/verify/assets'), join(DIRECTORY, 'assets'), { recursive: true });
}
