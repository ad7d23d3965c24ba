import { verifyAudit } from '../observe';
import { checked, count } from './checks/check';
import { reportChecks } from './checks/report-checks';
import { STATUS } from './exit-status';
import { print, printJson } from './terminal';

/** Options of `audit verify`. */
export interface AuditVerifyCommandOptions {
  /** Hash that has to be in the log. */
  readonly head?: string;
  readonly json?: boolean;
}

/** `dockerfile-generator audit verify FILE`: whether a log is as it was written; gives the exit status. */
export function auditVerifyCommand(file: string, { head, json }: AuditVerifyCommandOptions): number {
  const verdict = verifyAudit(file, { head });
  if (json) {
    printJson({ ...verdict, passed: verdict.problems.length === 0 });
    return verdict.problems.length === 0 ? STATUS.ok : STATUS.failed;
  }
  const detail = count(verdict.entries, 'entry').replace('entrys', 'entries');
  const status = reportChecks([checked(file, detail, verdict.problems)], {});
  print(`head ${verdict.head}\n`);
  return status;
}
