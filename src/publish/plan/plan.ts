import type { Problem } from '../../errors/problem';
import type { ScanSettings, SignSettings } from '../environment';
import type { Destination } from '../wanted';
import type { FoundArchitecture } from './facts';
import type { Step } from './step';

/** What has to be passed before a tag moves. */
export interface Gates {
  readonly verify: 'run' | 'inspect';
  /** @default - no scanner is asked */
  readonly scan?: ScanSettings;
  /** @default - not signed */
  readonly sign?: SignSettings;
}

/** A destination that cannot be reached: nothing is planned for it, and the publish fails in the end. */
export interface Unreachable {
  readonly destination: string;
  readonly problem: Problem;
}

/** The steps of a publish, in an order in which they can be done. It holds nothing secret. */
export interface Plan {
  readonly version: 1;
  readonly environment: string;
  readonly gates: Gates;
  readonly destinations: readonly Destination[];
  /** Images that exist and are used as they are, by `image/architecture`. */
  readonly found: Readonly<Record<string, FoundArchitecture>>;
  readonly steps: readonly Step[];
  readonly unreachable: readonly Unreachable[];
  /** What is not done, and why. */
  readonly notes: readonly string[];
}
