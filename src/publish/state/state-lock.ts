import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import { isDead } from '../../synth/is-dead';

const LOCK_FILE = 'lock';

/**
 * Keeps a second publish out of a directory of what is remembered while some work is done there: it would build into
 * the same places. The lock of a process that is gone is taken over.
 *
 * @throws DockerfileGeneratorError FILE_WRITE_ERROR
 */
export async function whileLocked<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const path = join(directory, LOCK_FILE);
  mkdirSync(directory, { recursive: true });
  lock(path);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function lock(path: string): void {
  for (;;) {
    try {
      writeFileSync(path, `${process.pid} ${hostname()}\n`, { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
      takeOver(path);
    }
  }
}

/** Removes the lock of a process that is gone. */
function takeOver(path: string): void {
  const [pid, host] = read(path).trim().split(' ');
  // A lock without a holder is one that was killed between its making and its writing.
  const gone = !pid || (host === hostname() && isDead(Number(pid)));
  if (!gone) {
    throw new DockerfileGeneratorError('FILE_WRITE_ERROR', [
      {
        where: path,
        what: `another publish works here: process ${pid} on ${host}`,
        next: 'wait for it, or give this one a directory of its own with --state',
      },
    ]);
  }
  rmSync(path, { force: true });
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
