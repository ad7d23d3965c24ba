import { canonicalText, freezeThrough } from '../config';
import type { Contributions } from './contributions';
import { LockableMap, lockMap } from './lock-map';

/** Contributions that are kept to be shared. */
const KEPT = 5_000;

const pool = new Map<string, Contributions>();

const NOTHING = close({
  packages: [],
  files: [],
  longRuns: [],
  oneShots: [],
  cronJobs: [],
  environment: new LockableMap(),
  writablePaths: [],
  ports: [],
  buildSteps: [],
  applications: [],
});

/** Closes contributions: what comes back is frozen, and the same object for all that are equal. */
export function shareContributions(own: Contributions = NOTHING): Contributions {
  close(own);
  const key = contributionsText(own);
  const known = key === undefined ? own : pool.get(key);
  if (known) {
    return known;
  }
  if (pool.size >= KEPT) {
    pool.clear();
  }
  // What many constructs have is changed in none of them by way of another.
  freezeThrough(own);
  pool.set(key!, own);
  return own;
}

/** A copy that may be changed. */
export function copyContributions(shared: Contributions): Contributions {
  return {
    packages: [...shared.packages],
    files: [...shared.files],
    longRuns: [...shared.longRuns],
    oneShots: [...shared.oneShots],
    cronJobs: [...shared.cronJobs],
    environment: new LockableMap(shared.environment),
    writablePaths: [...shared.writablePaths],
    ports: [...shared.ports],
    buildSteps: [...shared.buildSteps],
    applications: [...shared.applications],
  };
}

const TEXTS = new WeakMap<Contributions, { readonly text: string | undefined }>();

/** A text that only equal contributions share; undefined where they have something in them that has no such text. */
export function contributionsText(closed: Contributions): string | undefined {
  const known = TEXTS.get(closed);
  if (known) {
    return known.text;
  }
  const { environment, ...lists } = closed;
  const text = canonicalText({ ...lists, environment: [...environment] });
  TEXTS.set(closed, { text });
  return text;
}

/** Whether contributions are those that all who give the same share: frozen through and through. */
export function areShared(contributions: Contributions): boolean {
  return Object.isFrozen(contributions) && contributionsText(contributions) !== undefined;
}

function close(contributions: Contributions): Contributions {
  const { environment, ...lists } = contributions;
  Object.values(lists).forEach((list) => Object.freeze(list));
  lockMap(environment, 'this construct');
  return Object.freeze(contributions);
}
