import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DockerfileGeneratorError } from '../errors';

/** Something that was done to a registry, or tried. */
export interface AuditEvent {
  /** What was done: `push`, `list`, `tag`, `sign`, `promote`. */
  readonly action: string;
  /** Image of the manifest. */
  readonly image?: string;
  readonly architecture?: string;
  /** Digest that it was about: `sha256:...`. */
  readonly digest?: string;
  /** Registry, repository and tag. */
  readonly where: string;
  readonly outcome: 'done' | 'failed';
  /** What came of it, or why it failed. */
  readonly detail?: string;
  /** Who did it. */
  readonly who: { readonly user: string; readonly host: string };
  /** ISO 8601. */
  readonly when: string;
}

/** A line of the log: the event, its number, and the hash that ties it to the line before. */
export interface AuditEntry extends AuditEvent {
  readonly number: number;
  /** `hash` of the line before; of the first one, zeros. */
  readonly previous: string;
  /** sha256 of this line without `hash`. */
  readonly hash: string;
}

/** Where the chain begins. */
export const CHAIN_START = '0'.repeat(64);

/** Milliseconds that a writer waits for another, and after which a lock belongs to nobody. */
const PATIENCE = 10_000;

/** Appends to a log of JSON lines in which each line holds the hash of the one before. */
export class AuditLog {
  constructor(readonly file: string) {}

  /** Appends an event; other processes may append at the same time. */
  append(event: AuditEvent): void {
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      this.withLock(() => {
        const last = this.lastEntry();
        const entry = { number: (last?.number ?? 0) + 1, ...event, previous: last?.hash ?? CHAIN_START };
        appendFileSync(this.file, `${JSON.stringify({ ...entry, hash: hashOf(entry) })}\n`, { mode: 0o600 });
      });
    } catch (error) {
      throw error instanceof DockerfileGeneratorError ? error : unwritable(this.file, error);
    }
  }

  private lastEntry(): AuditEntry | undefined {
    const lines = existsSync(this.file) ? readFileSync(this.file, 'utf8').split('\n').filter(Boolean) : [];
    const last = lines.at(-1);
    if (last === undefined) {
      return undefined;
    }
    try {
      return JSON.parse(last) as AuditEntry;
    } catch (error) {
      throw unwritable(`${this.file}:${lines.length}`, new Error('its last line is not JSON', { cause: error }));
    }
  }

  private withLock(work: () => void): void {
    const lock = `${this.file}.lock`;
    for (const begin = Date.now(); !tryLock(lock);) {
      if (Date.now() - begin > PATIENCE) {
        throw unwritable(lock, new Error('another process holds the lock'));
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    try {
      work();
    } finally {
      rmSync(lock, { force: true });
    }
  }
}

function tryLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > PATIENCE) {
      rmSync(lock, { force: true });
    }
    return false;
  }
}

/** Hash of a line without its own. */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('hex');
}

function unwritable(where: string, error: unknown): DockerfileGeneratorError {
  const problem = {
    where,
    what: (error as Error).message,
    why: 'what is published without a trace cannot be told later',
    next: 'make the file writable, or name another with --audit-log',
  };
  return new DockerfileGeneratorError('FILE_WRITE_ERROR', [problem], { cause: error });
}
