import type { ScanSettings } from '../environment';

/** How bad a finding is. */
export type ScanSeverity = ScanSettings['severity'];

/** Something that a scanner found in an image. */
export interface ScanFinding {
  /** `CVE-2026-0001`, or the rule of a secret. */
  readonly id: string;
  readonly severity: ScanSeverity;
  /** Package, or file of a secret. */
  readonly where: string;
  /** @default - it has none, as a secret */
  readonly version?: string;
  /** @default - there is no fix yet */
  readonly fixedIn?: string;
  readonly title?: string;
}

/** What is scanned. */
export interface ScanTarget {
  /** `registry.example.com/shop/web@sha256:...` */
  readonly reference: string;
  /** `linux/amd64` */
  readonly platform: string;
  /** The same image on this machine; @default - only the registry has it */
  readonly layout?: string;
  /** Whether the registry speaks http. */
  readonly insecure: boolean;
}

/** How a scanner is called. */
export interface ScanOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/** What a scanner answered. */
export interface ScanReport {
  readonly findings: readonly ScanFinding[];
  /** When its knowledge was brought up to date; @default - it does not say, which fails the gate */
  readonly knowledge?: Date;
  /** Its own report, kept as it is. */
  readonly raw: string;
}

/** A scanner. What it cannot do it throws: the gate takes that as a failure. */
export interface Scanner {
  /** `trivy` */
  readonly name: string;
  scan(target: ScanTarget, options: ScanOptions): Promise<ScanReport>;
  /**
   * A list of the packages of an image, as SPDX JSON.
   *
   * @default - it cannot make one
   */
  readonly sbom?: (target: ScanTarget, options: ScanOptions) => Promise<string>;
}
