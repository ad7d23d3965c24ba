import { stopObserving } from './observed';
import { createProgram } from './program';
import { reportError } from './report-error';

/** Runs a command line; gives the exit status. */
export async function runCli(args: readonly string[]): Promise<number> {
  const own = withoutSeparator(args);
  let status = 0;
  try {
    await createProgram((code) => (status = code), own).parseAsync(own, { from: 'user' });
    await stopObserving(status);
    return status;
  } catch (error) {
    const told = {
      debug: own.includes('--debug') || Boolean(process.env.DEBUG),
      json: own.includes('--json'),
    };
    status = reportError(error, told);
    // What cannot be written down is told too, but the first error decides.
    await stopObserving(status, error).catch((late: unknown) => reportError(late, told));
    return status;
  }
}

/** projen and npm pass a literal `--` on, behind options of their own: the first one is dropped. */
function withoutSeparator(args: readonly string[]): string[] {
  const place = args.indexOf('--');
  return place < 0 ? [...args] : [...args.slice(0, place), ...args.slice(place + 1)];
}
