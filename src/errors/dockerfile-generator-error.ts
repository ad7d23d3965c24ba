import { EXIT_STATUS, type ErrorType } from './error-type';
import { formatProblem, type Problem } from './problem';

/**
 * Every error that this package throws on purpose.
 *
 * It carries all problems that were found, not the first one.
 */
export class DockerfileGeneratorError extends Error {
  readonly type: ErrorType;

  /** The problems, in the order in which they are shown. */
  readonly details: readonly Problem[];

  constructor(type: ErrorType, details: readonly Problem[], options?: { readonly cause?: unknown }) {
    super(summary(type, details), options);
    this.name = 'DockerfileGeneratorError';
    this.type = type;
    this.details = details;
  }

  /** What to do next, once each. */
  get suggestions(): readonly string[] {
    return [...new Set(this.details.map((problem) => problem.next))];
  }

  /** Exit status of a command that ends with this error. */
  get exitStatus(): number {
    return EXIT_STATUS[this.type];
  }
}

function summary(type: ErrorType, details: readonly Problem[]): string {
  const count = details.length === 1 ? '1 problem' : `${details.length} problems`;
  return [`${type}: ${count}`, ...details.map(formatProblem)].join('\n\n');
}
