import type { Subject } from './subject';

/** What a check found. */
export interface Verdict {
  readonly passed: boolean;
  /** What was seen: for people, on one line or a few. */
  readonly seen: string;
  /** Whether the check does not apply here; `seen` says why. */
  readonly skipped?: true;
}

/** One expectation of an image. */
export interface Check {
  /** `group/name`, as its file. */
  readonly id: string;
  /** One sentence: what holds of a good image. */
  readonly expectation: string;
  /** Looks. What it throws is a failure. */
  run(subject: Subject): Promise<Verdict>;
}

/** Checks that belong together. */
export interface CheckPack {
  readonly group: string;
  readonly checks: readonly Check[];
}

/** Passed if `holds`. */
export function verdict(holds: boolean, seen: string): Verdict {
  return { passed: holds, seen };
}

/** Passed if there is no problem; `otherwise` tells what was seen then. */
export function judge(problems: readonly string[], otherwise: string): Verdict {
  if (problems.length === 0) {
    return { passed: true, seen: otherwise };
  }
  const rest = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
  return { passed: false, seen: [...problems.slice(0, SHOWN), ...rest].join('; ') };
}

const SHOWN = 20;

/** A check that does not apply to this image or this engine. */
export function skip(why: string): Verdict {
  return { passed: true, seen: why, skipped: true };
}
