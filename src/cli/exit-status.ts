import { EXIT_STATUS } from '../errors';

/** Exit statuses that are no error of a type; those of the types stand in `EXIT_STATUS`. */
export const STATUS = {
  /** Done. */
  ok: 0,
  /** `synth --check` or `diff` found a difference, or a check of a test, a validation or doctor failed. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** `synth --fail-on-end-of-life` found something. */
  endOfLife: 3,
  /** An error of this package. */
  internal: 70,
  /** Ended by Ctrl+C. */
  interrupted: 130,
} as const;

/** What a status means, for the documentation. */
export const STATUS_MEANINGS: ReadonlyArray<readonly [status: number, meaning: string]> = [
  [STATUS.ok, 'done'],
  [
    STATUS.failed,
    '`synth --check` or `diff` found a difference; a check of `test:*`, `validate:config`, `doctor` or `audit verify` failed',
  ],
  [STATUS.usage, 'the command line is wrong: an unknown command or option, a value that cannot be one'],
  [STATUS.endOfLife, '`synth --fail-on-end-of-life` found a PHP or a base without fixes'],
  ...Object.entries(EXIT_STATUS).map(([type, status]) => [status, `\`${type}\``] as const),
  [STATUS.internal, 'an error of this package: please report it'],
  [STATUS.interrupted, 'interrupted (Ctrl+C)'],
];
