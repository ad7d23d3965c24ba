import 'node:crypto';
import 'node:module';
import 'node:os';
import 'node:util';
import 'node:vm';
import { setFlagsFromString } from 'node:v8';

/** The first V8 that counts calls; those before it, that of node 20 among them, count the bytes of bytecode that ran. */
const COUNTS_CALLS = 12;

/** How many times as long as by itself V8 waits before it optimizes in a command that is soon over. */
const LATE = 15;

/** The same for a fleet: twice as long is no faster, and takes 15 MB more. */
const FOR_FLEET = 6;

/** Images from which on what V8 makes of a function pays, while another thread wants the second processor. */
const FLEET = 500;

/** In a process that others began V8 is left as it is. */
let isLate = false;

/**
 * Lets V8 optimize what runs long, and nothing else: a command is over before most of what V8 would optimize in it has
 * paid for that. What comes with node is loaded first, since its compiled code is refused under any flag but node's own.
 */
export function optimizeLate(): void {
  // It is loaded when it is first asked for.
  void process.stdout;
  isLate = true;
  waitFor(LATE);
}

/**
 * Lets V8 optimize sooner what is done for each of many images: a tenth of the time of some thousand. Only for as long as
 * that takes, since V8 keeps compiled code for the flags that it was compiled under.
 *
 * @param images how many there are
 */
export function optimizedForFleet<T>(images: number, work: () => T): T {
  if (!isLate || images < FLEET) {
    return work();
  }
  waitFor(FOR_FLEET);
  try {
    return work();
  } finally {
    waitFor(LATE);
  }
}

/** A V8 that does not know a flag complains about it on stderr. */
function waitFor(times: number): void {
  const flags =
    Number.parseInt(process.versions.v8, 10) < COUNTS_CALLS
      ? [`--interrupt-budget=${times * 66_000}`]
      : [`--invocation-count-for-maglev=${times * 400}`, `--invocation-count-for-turbofan=${times * 3_000}`];
  flags.forEach((flag) => setFlagsFromString(flag));
}
