import { linkSync, lstatSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DockerfileGeneratorError } from '../errors';
import { isDead } from './is-dead';
import { obstacle, writeError } from './write-error';

/** Name of the lock in the output directory. */
export const LOCK_FILE = '.synth-lock';

/** Milliseconds between two looks at a lock that somebody else holds. */
const POLL = 50;

/**
 * Runs `work` while no other synthesis writes to the directory. A second one waits; when the first takes longer than
 * `patience` milliseconds, it ends with the holder's name. The lock of a process that is gone is taken over.
 */
export function withOutputLock<T>(directory: string, patience: number, work: () => T): T {
  const lock = join(directory, LOCK_FILE);
  const mine = `${process.pid} ${hostname()}\n`;
  const ticket = `${lock}.${hostname()}.${process.pid}`;
  try {
    // The ticket of a process that is gone, or something that was planted: a new file, never through a link.
    removeQuietly(ticket);
    writeFileSync(ticket, mine, { flag: 'wx' });
    acquire(lock, ticket, patience);
  } catch (error) {
    throw writeError(lock, error);
  } finally {
    removeQuietly(ticket);
  }
  try {
    sweepTickets(directory);
    return work();
  } finally {
    removeQuietly(lock);
  }
}

function acquire(lock: string, ticket: string, patience: number): void {
  for (let waited = 0; !tryLink(ticket, lock); waited += POLL) {
    if (lstatSync(lock, { throwIfNoEntry: false })?.isFile() === false) {
      throw obstacle(lock, 'something that is not a file stands in the place of the lock');
    }
    const holder = readQuietly(lock);
    if (holder !== undefined && isGone(holder)) {
      takeAway(lock, ticket, holder);
      continue;
    }
    if (waited >= patience) {
      throw busy(lock, holder);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL);
  }
}

/** A hard link is made or it is not: two processes cannot both make it. */
function tryLink(ticket: string, lock: string): boolean {
  try {
    linkSync(ticket, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Removes a dead process's lock; if meanwhile a living one took its place, that one is put back. */
function takeAway(lock: string, ticket: string, expected: string): void {
  const aside = `${ticket}.stale`;
  if (readQuietly(lock) !== expected) {
    return;
  }
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (readQuietly(aside) !== expected) {
    tryLink(aside, lock);
  }
  removeQuietly(aside);
}

/** Removes the tickets of processes of this machine that were killed while they waited. */
function sweepTickets(directory: string): void {
  const prefix = `${LOCK_FILE}.${hostname()}.`;
  for (const name of readdirSync(directory).filter((entry) => entry.startsWith(prefix))) {
    if (isDead(Number.parseInt(name.slice(prefix.length), 10))) {
      removeQuietly(join(directory, name));
    }
  }
}

function isGone(holder: string): boolean {
  const [pid, host] = holder.trim().split(' ');
  return host === hostname() && isDead(Number(pid));
}

function busy(lock: string, holder: string | undefined): DockerfileGeneratorError {
  const [pid, host] = (holder ?? '').trim().split(' ');
  return new DockerfileGeneratorError('FILE_WRITE_ERROR', [
    {
      where: lock,
      what: `another synthesis writes to this directory: ${host ? `process ${pid} on ${host}` : 'a process that did not leave its name'}`,
      next: 'wait for it; if no such process runs, remove the lock file',
    },
  ]);
}

function readQuietly(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Somebody else removed it: the aim is reached.
  }
}
