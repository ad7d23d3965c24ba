import { renderProblem } from '../render-problem';
import { renderTable } from '../table';
import { paint } from '../terminal';
import type { Check, CheckStatus } from './check';

const STYLE = { passed: 'green', failed: 'red', skipped: 'yellow' } as const satisfies Record<CheckStatus, string>;

/** Checks as lines, the parts of one below it; then every problem, once. */
export function renderChecks(checks: readonly Check[]): string {
  const rows = checks.flatMap((check) => [row(check, ''), ...(check.parts ?? []).flatMap((part) => lines(part, '  '))]);
  const problems = [
    ...new Set(checks.flatMap((check) => check.problems).map((problem) => renderProblem(problem, 'stdout'))),
  ];
  return [renderTable(rows), ...problems.map((problem) => `\n${problem}\n`), `\n${summary(checks)}\n`].join('');
}

function lines(check: Check, indent: string): string[][] {
  return [row(check, indent), ...(check.parts ?? []).flatMap((part) => lines(part, `${indent}  `))];
}

function row({ name, status, detail }: Check, indent: string): string[] {
  return [`${indent}${name}`, paint(STYLE[status], status), detail];
}

function summary(checks: readonly Check[]): string {
  const of = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  return `${of('passed')} passed, ${of('failed')} failed, ${of('skipped')} skipped`;
}

/** Whether nothing failed. */
export function allPassed(checks: readonly Check[]): boolean {
  return checks.every(({ status }) => status !== 'failed');
}
