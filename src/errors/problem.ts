/** One thing that is wrong, told so that the reader can mend it. */
export interface Problem {
  /** Where: a construct path, an option, or a file. */
  readonly where: string;
  /** What is wrong, in one sentence without its full stop. */
  readonly what: string;
  /**
   * Why it is not accepted.
   *
   * @default - `what` says it
   */
  readonly why?: string;
  /** The next step: what to write or to run. */
  readonly next: string;
}

/** A problem as lines for a terminal or a log. */
export function formatProblem(problem: Problem): string {
  const lines = [problem.where, `  ${problem.what}`];
  if (problem.why) {
    lines.push(`  why: ${problem.why}`);
  }
  lines.push(`  do:  ${problem.next}`);
  return lines.join('\n');
}
