import { statSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { warn } from './terminal';
import type { LogLevel, Rotation } from '../observe/logger';
import type { Run } from '../observe/run';
import type { ImageOutcome } from '../observe/run-metrics';

/** Options of every command that say how it is observed. */
interface ObserveOptions {
  readonly logLevel?: LogLevel;
  readonly logStyle?: 'json' | 'pretty';
  readonly logFile?: string;
  readonly logRotate?: Rotation;
  readonly metricsFile?: string;
}

let current: Run | undefined;

/** Adds the options to the program. */
export function withObservation(program: Command): Command {
  return program
    .addOption(
      new Option('--log-level <level>', 'write a log; without --log-file to stderr').choices([
        'debug',
        'info',
        'warn',
        'error',
      ]),
    )
    .addOption(new Option('--log-style <style>', 'how the log is written (default: json)').choices(['json', 'pretty']))
    .option('--log-file <file>', 'file of the log')
    .option('--log-rotate <size,age,files>', 'when a log file is put aside (default: 10M,1d,7)', rotation)
    .option('--metrics-file <file>', 'write the numbers of the run as Prometheus text');
}

/** Begins to observe, where an option or a collector in the environment asks for it; loads nothing else. */
export async function startObserving(command: string, args: readonly string[], options: ObserveOptions): Promise<void> {
  const { logLevel, logFile, logStyle, logRotate, metricsFile } = options;
  const hasLog = logLevel !== undefined || logFile !== undefined || logStyle !== undefined;
  if (
    !hasLog &&
    metricsFile === undefined &&
    !Object.keys(process.env).some((name) => name.startsWith('OTEL_EXPORTER'))
  ) {
    return;
  }
  const [{ Run: RunOf }, { Redactor }] = await Promise.all([import('../observe/run'), import('../observe/redact')]);
  current = await RunOf.start({
    command,
    args,
    environment: process.env,
    redactor: Redactor.of(args, process.env),
    log: hasLog ? { level: logLevel, file: logFile, style: logStyle, rotation: logRotate } : undefined,
    metricsFile,
    warn,
  });
}

/** Ends to observe. */
export async function stopObserving(status: number, error?: unknown): Promise<void> {
  const run = current;
  current = undefined;
  await run?.end(status, error);
}

/** The run that is observed; undefined where nobody asked for it. */
export function observedRun(): Run | undefined {
  return current;
}

/** Runs a stretch of a command, and notes how long it took. */
export async function phase<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const begin = Date.now();
  try {
    const result = await work();
    current?.phase(name, begin);
    return result;
  } catch (error) {
    current?.phase(name, begin, true);
    throw error;
  }
}

/** Counts images by what became of them. */
export function countImages(outcome: ImageOutcome, number: number): void {
  current?.images(outcome, number);
}

/** Counts the bytes of files that were written; looks at them only where somebody asked for numbers. */
export function countBytes(directory: string, paths: () => readonly string[]): void {
  const run = current;
  if (run) {
    const sizes = paths().map((path) => statSync(join(directory, path), { throwIfNoEntry: false })?.size ?? 0);
    run.metrics.addBytes(sizes.reduce((sum, size) => sum + size, 0));
  }
}

function rotation(value: string): Rotation {
  const [, size, age, files] = /^(\d+[KMG]),(\d+[smhd]),(\d+)$/.exec(value) ?? [];
  if (!size || !age || !files) {
    throw new InvalidArgumentError('Write size, age and number of files, such as 10M,1d,7.');
  }
  return { size, age, files: Number(files) };
}
