import type { CheckResult, VerifyReport } from './report';

const COLUMNS = ['RESULT', 'CHECK', 'EXPECTED', 'SEEN', 'TIME'] as const;

/** Characters of a cell; what failed is shown whole below the table. */
const WIDTH = 90;

/** Fewer characters of a cell say nothing: then what is seen has the room alone. */
const NARROW = 20;

/**
 * A report as a table for a terminal; what failed is told in full below.
 *
 * @param columns columns of the terminal; @default - as many as the table needs
 */
export function renderTable(report: VerifyReport, columns = Infinity): string {
  const rows = fit([COLUMNS, ...report.checks.map(row)], columns);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
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
  return [resultOf(check), check.id, plain(check.expectation), plain(check.seen), `${Math.round(check.duration)} ms`];
}

function resultOf({ passed, skipped }: CheckResult): string {
  return passed ? (skipped ? 'skipped' : 'passed') : 'FAILED';
}

function summary({ checks, duration }: VerifyReport): string {
  const count = (result: string): number => checks.filter((check) => resultOf(check) === result).length;
  const seconds = (duration / 1000).toFixed(1);
  return `${count('passed')} passed, ${count('FAILED')} failed, ${count('skipped')} skipped in ${seconds} s`;
}

/** What was expected and seen share the room beside the other columns. */
function fit(rows: ReadonlyArray<readonly string[]>, columns: number): ReadonlyArray<readonly string[]> {
  const gaps = 2 * (COLUMNS.length - 1);
  const others = [0, 1, 4].map((column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const room = columns - gaps - others.reduce((sum, width) => sum + width, 0);
  const each = Math.min(WIDTH, Math.floor(room / 2));
  return each < NARROW
    ? rows.map(([result, check, , seen, time]) => [result!, check!, cut(seen!, Math.max(NARROW, room + 2)), time!])
    : rows.map(([result, check, expected, seen, time]) => [
        result!,
        check!,
        cut(expected!, each),
        cut(seen!, each),
        time!,
      ]);
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** On one line, without what would steer a terminal. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '�');
}
