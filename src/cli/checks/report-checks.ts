import { STATUS } from '../exit-status';
import { print, printJson } from '../terminal';
import type { Check } from './check';
import { allPassed, renderChecks } from './render-checks';

/** Prints checks; gives the exit status. */
export function reportChecks(checks: readonly Check[], { json }: { readonly json?: boolean }): number {
  const passed = allPassed(checks);
  if (json) {
    printJson({ passed, checks });
  } else {
    print(renderChecks(checks));
  }
  return passed ? STATUS.ok : STATUS.failed;
}
