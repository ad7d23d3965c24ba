import type { CheckResult, VerifyReport } from './report';

const COLUMNS = ['RESULT', 'CHECK', 'EXPECTED', 'SEEN', 'TIME'] as const;

/** Characters of a cell; what failed is shown whole below the table. */
const WIDTH = 90;

/** A report as a table for a terminal; what failed is told in full below. */
export function renderTable(report: VerifyReport): string {
  const rows = [COLUMNS, ...report.checks.map(row)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const failed = report.checks.filter(({ passed }) => !passed);
  const details = failed.flatMap(({ id, expectation, seen }) => [
    '',
    `FAILED ${id}`,
    `  expected: ${plain(expectation)}`,
    `  seen:     ${plain(seen)}`,
  ]);
  return [
    `${report.image} (PHP ${report.php}, ${report.platform})`,
    '',
    ...lines,
    ...details,
    '',
    summary(report),
    '',
  ].join('\n');
}

function row(check: CheckResult): string[] {
  return [
    resultOf(check),
    check.id,
    cut(plain(check.expectation)),
    cut(plain(check.seen)),
    `${Math.round(check.duration)} ms`,
  ];
}

function resultOf({ passed, skipped }: CheckResult): string {
  return passed ? (skipped ? 'skipped' : 'passed') : 'FAILED';
}

function summary({ checks, duration }: VerifyReport): string {
  const count = (result: string): number => checks.filter((check) => resultOf(check) === result).length;
  const seconds = (duration / 1000).toFixed(1);
  return `${count('passed')} passed, ${count('FAILED')} failed, ${count('skipped')} skipped in ${seconds} s`;
}

function cut(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}

/** On one line, without what would steer a terminal. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '�');
}
