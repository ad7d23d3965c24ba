import type { Problem } from '../../errors';

/** What became of a check. */
export type CheckStatus = 'passed' | 'failed' | 'skipped';

/** One check, and those that it is made of. */
export interface Check {
  readonly name: string;
  readonly status: CheckStatus;
  /** What was looked at, by what; or why nothing was. */
  readonly detail: string;
  /** Empty where nothing failed. */
  readonly problems: readonly Problem[];
  /** @default - it is one thing */
  readonly parts?: readonly Check[];
}

/** A check that found what it found. */
export function checked(name: string, detail: string, problems: readonly Problem[] = []): Check {
  return { name, status: problems.length > 0 ? 'failed' : 'passed', detail, problems };
}

/** A check that could not be made here. */
export function skipped(name: string, why: string): Check {
  return { name, status: 'skipped', detail: why, problems: [] };
}

/** A check of parts: failed if one failed, skipped if all were. */
export function combined(name: string, detail: string, parts: readonly Check[]): Check {
  const problems = parts.flatMap((part) => part.problems);
  const status =
    problems.length > 0 ? 'failed' : parts.every((part) => part.status === 'skipped') ? 'skipped' : 'passed';
  return { name, status, detail, problems, parts };
}

/** `1 file`, `2 files`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
