import { createProgram } from './program';
import { reportError } from './report-error';

/** Runs a command line; gives the exit status. */
export async function runCli(args: readonly string[]): Promise<number> {
  const own = withoutSeparator(args);
  let status = 0;
  try {
    await createProgram((code) => (status = code)).parseAsync(own, { from: 'user' });
    return status;
  } catch (error) {
    return reportError(error, {
      debug: own.includes('--debug') || Boolean(process.env.DEBUG),
      json: own.includes('--json'),
    });
  }
}

/** projen and npm pass a literal `--` on, behind options of their own: the first one is dropped. */
function withoutSeparator(args: readonly string[]): string[] {
  const place = args.indexOf('--');
  return place < 0 ? [...args] : [...args.slice(0, place), ...args.slice(place + 1)];
}
