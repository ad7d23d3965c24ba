import type { ImageConstruct } from '../image';
import type { RuleSubject } from './rule-subject';

/** How bad it is where a rule is broken; from CIS, NIST and the judges that a rule's sources name. */
export type Severity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW';

/** Something that breaks a rule. */
export interface Finding {
  /**
   * File below the image's directory, with its line where one is to blame: `amd64/nginx.conf:12`.
   *
   * @default - the image as a whole
   */
  readonly file?: string;
  /** What is wrong, in one sentence without its full stop. */
  readonly what: string;
  /**
   * The next step.
   *
   * @default - the rule's own
   */
  readonly next?: string;
}

/** What every rule says of itself. */
export interface RuleText {
  /** `NGX-002`: letters of the group, and a number that is never given to another rule. */
  readonly id: string;
  readonly severity: Severity;
  /**
   * An `error` fails the synthesis; a `warning` stands in the report. A new rule of a minor release starts as a warning.
   *
   * @default 'error'
   */
  readonly level?: 'error' | 'warning';
  /**
   * An `invariant` is widened by nothing. A `bounded` rule can be moved, within what it states, by a grant that has a
   * reason (`php.grants`), and every grant stands in the report.
   */
  readonly kind: 'invariant' | 'bounded';
  /** What has to be true, in one sentence. */
  readonly statement: string;
  /** What happens where it is not. */
  readonly why: string;
  /** What to do where it is not. */
  readonly next: string;
  /**
   * How the constructs or the SecurityAspect make it true, so that nobody has to think of it.
   *
   * @default - it can only be refused: a repair would guess
   */
  readonly fix?: string;
  /** Documents and judges that ask for it, by name and number. */
  readonly sources: readonly string[];
}

/** A rule over what was rendered: files as they will be built, and what the manifest says of the image. */
export interface FileRule extends RuleText {
  readonly check: (subject: RuleSubject) => readonly Finding[];
}

/** A rule over the locked tree. It cannot be run again on an output that was written. */
export interface TreeRule extends RuleText {
  readonly checkTree: (image: ImageConstruct) => readonly Finding[];
}

/** A demand on an image. A pure function: it changes nothing, and what it throws counts as a violation. */
export type Rule = FileRule | TreeRule;

/** Rules that belong together. */
export interface RulePack {
  readonly name: string;
  readonly rules: readonly Rule[];
}
