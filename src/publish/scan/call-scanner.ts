import type { z } from 'zod';
import { runCommand, type Run } from '../command';
import type { ScanOptions } from './scanner';

/** Runs a scanner and gives what it printed. Throws where it is missing, fails, or takes too long. */
export async function callScanner(
  program: string,
  args: readonly string[],
  statuses: readonly number[],
  { environment, timeout, signal }: ScanOptions,
  run: Run = runCommand,
): Promise<string> {
  const result = await run(program, args, { environment, timeout, signal });
  if (result.absent) {
    throw new Error(`${program} is not installed`);
  }
  if (result.timedOut) {
    throw new Error(`${program} did not end within ${timeout / 1000} s`);
  }
  if (!statuses.includes(result.status)) {
    const said = result.stderr.trim() || result.stdout.trim();
    throw new Error(`${program} ended with status ${result.status}: ${said.split('\n').slice(-5).join(' ')}`);
  }
  return result.stdout;
}

/** Reads what a scanner printed; nonsense is no report. */
export function parseReport<T>(program: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${program} printed no JSON: ${JSON.stringify(text.slice(0, 80))}`);
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw new Error(`${program} printed no report that can be read: ${[...path.map(String), message].join(': ')}`);
  }
  return result.data;
}
