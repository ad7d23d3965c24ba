import 'node:crypto';
import 'node:module';
import 'node:os';
import 'node:util';
import 'node:vm';
import { setFlagsFromString } from 'node:v8';

/** Work, in bytes of bytecode, that a function does before V8 thinks of optimizing it: fifteen times as much as it waits. */
const BUDGET = 1_000_000;

/**
 * Lets V8 optimize what runs long, and nothing else: a command is over before most of what V8 would optimize in it has
 * paid for that. What comes with node is loaded first, since its compiled code is refused under any flag but node's own.
 */
export function optimizeLate(): void {
  // It is loaded when it is first asked for.
  void process.stdout;
  setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
