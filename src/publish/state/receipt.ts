import { hostname, userInfo } from 'node:os';
import type { ScanRecord, Verification } from './journal';
import type { ErrorType } from '../../errors/error-type';
import type { Problem } from '../../errors/problem';
import type { Descriptor } from '../oci/types';

/** One architecture of an image, as it was published. */
export interface ReceiptArchitecture {
  /** `sha256:...` of its own manifest. */
  readonly digest: string;
  readonly identity: string;
  /** ISO 8601. */
  readonly created: string;
  /** Whether this run built it. */
  readonly built: boolean;
  /** Whether it passed the verification, in this run or in an earlier one. */
  readonly verified: boolean;
  /** How it passed; @default - this machine did not verify it */
  readonly verification?: Verification;
  /** @default - no scanner was asked, or by an earlier run */
  readonly scan?: ScanRecord;
  readonly labels: Readonly<Record<string, string>>;
  /** The image first, then what is attested of it. */
  readonly descriptors: readonly Descriptor[];
  /** Predicates that are attested: `https://slsa.dev/provenance/v0.2`. */
  readonly attested: readonly string[];
  /** Attestations that could not be had, and why. */
  readonly notAttested: readonly string[];
}

/** Where an image was published. */
export interface ReceiptDestination {
  /** Digest of the manifest list; @default - there is none yet */
  readonly list?: string;
  /** Digest that each tag points to. */
  readonly tags: Readonly<Record<string, string>>;
  readonly signed: boolean;
}

/** An image of a receipt. */
export interface ReceiptImage {
  readonly architectures: Readonly<Record<string, ReceiptArchitecture>>;
  readonly destinations: Readonly<Record<string, ReceiptDestination>>;
}

/** Something that did not work. */
export interface ReceiptFailure {
  /** Id of the step, or of the destination. */
  readonly where: string;
  readonly type: ErrorType;
  readonly problems: readonly Problem[];
}

/** What a publish did. It holds nothing secret. */
export interface Receipt {
  readonly version: 1;
  readonly environment: string;
  /** ISO 8601. */
  readonly started: string;
  readonly finished: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly by: { readonly user: string; readonly host: string };
  readonly complete: boolean;
  readonly images: Readonly<Record<string, ReceiptImage>>;
  readonly steps: ReadonlyArray<{
    readonly id: string;
    readonly status: 'done' | 'failed' | 'skipped';
    /** Milliseconds. */
    readonly duration: number;
    readonly detail: string;
  }>;
  readonly failures: readonly ReceiptFailure[];
  readonly notes: readonly string[];
}

/** Who publishes. */
export function publisher(): Receipt['by'] {
  const actor = process.env.GITHUB_ACTOR ?? process.env.GITLAB_USER_LOGIN;
  return { user: actor ?? userName(), host: hostname() };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without a name, as in many containers.
    return String(process.getuid?.() ?? 'unknown');
  }
}
