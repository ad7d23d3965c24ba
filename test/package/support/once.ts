import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is made in one run of jest, of which a worker is a child. A number of a process comes again, its start does not. */
const JEST = process.send ? process.ppid : process.pid;
const DIRECTORY = join(tmpdir(), `packed-${JEST}-${startOf(JEST)}`);

/** Clock ticks from the start of the machine to that of a process; '' where there is no /proc. */
function startOf(process: number): string {
  const stat = `/proc/${process}/stat`;
  return existsSync(stat) ? readFileSync(stat, 'utf8').split(') ').at(-1)!.split(' ')[19]! : '';
}

/** A directory that is filled once for all tests of a run; whoever comes later waits for whoever came first. */
export function once(name: string, fill: (directory: string) => void): string {
  const done = join(DIRECTORY, name);
  const part = join(DIRECTORY, `${name}.part`);
  mkdirSync(DIRECTORY, { recursive: true });
  if (isFirst(part, done)) {
    fill(part);
    renameSync(part, done);
  }
  for (let waited = 0; !existsSync(done); waited += 1) {
    if (waited > 300) {
      throw new Error(`${done} is not there after five minutes: another test makes it, or failed to`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  }
  return done;
}

/** Of two only one makes the directory; who comes after the end finds it elsewhere. */
function isFirst(part: string, done: string): boolean {
  if (existsSync(done)) {
    return false;
  }
  try {
    mkdirSync(`${part}.claim`);
    mkdirSync(part);
    return true;
  } catch {
    return false;
  }
}
