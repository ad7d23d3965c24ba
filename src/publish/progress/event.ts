import type { Problem } from '../../errors/problem';
import type { Plan } from '../plan/plan';
import type { Step } from '../plan/step';
import type { Receipt } from '../state/receipt';

/** What happens in a publish, as it happens. */
export type PublishEvent =
  | {
      readonly type: 'plan';
      readonly plan: Plan;
      /** Milliseconds, by the id of the step. */ readonly expected: Expected;
    }
  | { readonly type: 'begin'; readonly step: Step }
  /** A line of a program that a step runs. */
  | { readonly type: 'line'; readonly step: Step; readonly line: string }
  | { readonly type: 'done'; readonly step: Step; readonly duration: number; readonly detail: string }
  | { readonly type: 'failed'; readonly step: Step; readonly duration: number; readonly problems: readonly Problem[] }
  /** `because`: id of the step that failed, or STOPPED. */
  | { readonly type: 'skipped'; readonly step: Step; readonly because: string }
  /** Something that a person should know, such as a request that is tried again. */
  | { readonly type: 'note'; readonly message: string }
  /** The end, well or not. */
  | { readonly type: 'receipt'; readonly receipt: Receipt };

/** How long steps took the last time. */
export type Expected = Readonly<Record<string, number>>;

/** Told of what happens. */
export type Listener = (event: PublishEvent) => void;

/** Why steps were not even begun, when a person stopped it all. */
export const STOPPED = 'stopped';

/** Why a step was skipped, in words. */
export function reasonOf(because: string): string {
  return because === STOPPED ? because : `needs ${because}`;
}
