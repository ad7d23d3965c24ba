import 'node:crypto';
import 'node:module';
import 'node:os';
import 'node:util';
import 'node:vm';
import { setFlagsFromString } from 'node:v8';

/** The first V8 that counts calls; those before it, that of node 20 among them, count the bytes of bytecode that ran. */
const COUNTS_CALLS = 12;

/** Fifteen times what V8 waits for by itself. A V8 that does not know a flag complains about it on stderr. */
const FLAGS = isBefore(COUNTS_CALLS)
  ? ['--interrupt-budget=1000000']
  : ['--invocation-count-for-maglev=6000', '--invocation-count-for-turbofan=45000'];

/**
 * Lets V8 optimize what runs long, and nothing else: a command is over before most of what V8 would optimize in it has
 * paid for that. What comes with node is loaded first, since its compiled code is refused under any flag but node's own.
 */
export function optimizeLate(): void {
  // It is loaded when it is first asked for.
  void process.stdout;
  FLAGS.forEach((flag) => setFlagsFromString(flag));
}

function isBefore(major: number): boolean {
  return Number.parseInt(process.versions.v8, 10) < major;
}
