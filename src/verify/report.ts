/** What one check found. */
export interface CheckResult {
  /** `group/name` */
  readonly id: string;
  readonly group: string;
  readonly expectation: string;
  readonly seen: string;
  readonly passed: boolean;
  /** Whether the check did not apply; it counts as passed. */
  readonly skipped?: true;
  /** Milliseconds. */
  readonly duration: number;
}

/** What a verification found. */
export interface VerifyReport {
  /** Reference of the image. */
  readonly image: string;
  readonly php: string;
  /** `debian trixie` */
  readonly platform: string;
  /** Whether no check failed. */
  readonly passed: boolean;
  /** Milliseconds. */
  readonly duration: number;
  readonly checks: readonly CheckResult[];
}
