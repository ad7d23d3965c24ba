import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const REPOSITORY = join(__dirname, '../../..');

/** What is packed in one run of jest, of which a worker is a child. A number of a process comes again, its start does not. */
const JEST = process.send ? process.ppid : process.pid;
const DIRECTORY = join(tmpdir(), `packed-${JEST}-${startOf(JEST)}`);

/** Clock ticks from the start of the machine to that of a process; '' where there is no /proc. */
function startOf(process: number): string {
  const stat = `/proc/${process}/stat`;
  return existsSync(stat) ? readFileSync(stat, 'utf8').split(') ').at(-1)!.split(' ')[19]! : '';
}

/** Compiles and packs this package, once for all tests of a run; gives the tarball. */
export function packTarball(): string {
  const done = join(DIRECTORY, 'done');
  if (isFirst()) {
    execFileSync('npx', ['projen', 'compile'], { cwd: REPOSITORY, stdio: 'pipe' });
    execFileSync('npx', ['projen', 'post-compile'], { cwd: REPOSITORY, stdio: 'pipe' });
    const part = join(DIRECTORY, 'part');
    mkdirSync(part);
    execFileSync('npm', ['pack', '--silent', '--pack-destination', part], { cwd: REPOSITORY, stdio: 'pipe' });
    renameSync(part, done);
  }
  for (let waited = 0; !existsSync(done); waited += 1) {
    if (waited > 300) {
      throw new Error(`${done} is not there after five minutes: another test packs, or failed to`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  }
  return join(done, readdirSync(done)[0]!);
}

function isFirst(): boolean {
  try {
    mkdirSync(DIRECTORY);
    return true;
  } catch {
    return false;
  }
}
