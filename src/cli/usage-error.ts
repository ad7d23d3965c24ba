import type { Problem } from '../errors';

/** The command line is wrong. */
export class UsageError extends Error {
  constructor(readonly details: readonly Problem[]) {
    super(details.map(({ what }) => what).join('; '));
    this.name = 'UsageError';
  }
}
