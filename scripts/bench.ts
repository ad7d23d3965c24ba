import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { PLACE, ROOT } from './bench/projects';
import { ROWS, type Row } from './bench/rows';

/**
 * Measures a synthesis against what everybody knows the cost of, in one run: `npm run bench`. `--write` keeps the table
 * in docs/performance.md, `--check` fails where a ratio is more than a quarter worse than the one that is kept there.
 * `--only WORDS` measures the rows whose names have the words in them.
 */

const DOCUMENT = join(ROOT, 'docs/performance.md');
const TOLERANCE = 1.25;
const BEGIN = '<!-- bench -->';
const END = '<!-- /bench -->';

interface Result {
  readonly row: Row;
  /** undefined: not measured here */
  readonly ratio: number | undefined;
  readonly detail: string;
}

function run(only: string | undefined): Result[] {
  return ROWS.filter(({ name }) => only === undefined || name.includes(only)).map((row) => {
    const measured = attempt(row);
    const result = { row, ratio: measured?.ratio, detail: measured?.detail ?? 'not measured' };
    console.log(`${row.name}: ${show(result)} (${result.detail})`);
    return result;
  });
}

/** One row that cannot be measured does not take the others with it. */
function attempt(row: Row): ReturnType<Row['measure']> {
  try {
    return row.measure();
  } catch (error) {
    console.error(`${row.name}: ${(error as Error).message}`);
    process.exitCode = 1;
    return undefined;
  }
}

function show({ row, ratio }: Result): string {
  return ratio === undefined ? 'not measured' : `${ratio.toFixed(2)} ${isKept(row, ratio) ? '' : '(missed)'}`.trim();
}

function isKept({ goal, isLeast }: Row, ratio: number): boolean {
  return isLeast ? ratio >= goal : ratio <= goal;
}

function table(results: readonly Result[]): string {
  const lines = results.map(
    (result) =>
      `| ${result.row.name} | ${result.row.against} | ${result.row.isLeast ? '>=' : '<='} ${result.row.goal} | ${show(result)} | ${result.detail} |`,
  );
  return ['| what | against | goal | ratio | measured |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
}

/** Ratios of the table that is kept, by the name of the row. */
function keptRatios(): ReadonlyMap<string, number> {
  const lines = readFileSync(DOCUMENT, 'utf8').split(BEGIN)[1]!.split(END)[0]!.split('\n');
  const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(cells.map(([, name = '', , , ratio = '']) => [name, Number.parseFloat(ratio)]));
}

function worse(results: readonly Result[]): string[] {
  const kept = keptRatios();
  return results.flatMap(({ row, ratio }) => {
    const before = kept.get(row.name);
    if (ratio === undefined || before === undefined || Number.isNaN(before)) {
      return [];
    }
    const change = row.isLeast ? before / ratio : ratio / before;
    return change > TOLERANCE ? [`${row.name}: ${ratio.toFixed(2)}, and ${before.toFixed(2)} is kept`] : [];
  });
}

function main(args: readonly string[]): void {
  if (!existsSync(join(ROOT, 'lib/core.js'))) {
    throw new Error('there is no lib: run npx projen compile and npx projen post-compile first');
  }
  const at = args.indexOf('--only');
  const results = run(at < 0 ? undefined : args[at + 1]);
  rmSync(PLACE, { recursive: true, force: true });
  console.log(`\n${table(results)}`);
  if (args.includes('--write')) {
    const where = `node ${process.versions.node}, ${cpus().length} processors (${cpus()[0]!.model}), FLEET=${process.env.FLEET ?? 10_000}`;
    const [before, after] = readFileSync(DOCUMENT, 'utf8').split(new RegExp(`${BEGIN}[^]*${END}`));
    writeFileSync(DOCUMENT, `${before}${BEGIN}\n\n${table(results)}\n\n${where}\n\n${END}${after}`);
  }
  if (args.includes('--check')) {
    const found = worse(results);
    found.forEach((text) => console.error(`worse: ${text}`));
    process.exitCode = found.length > 0 ? 1 : process.exitCode;
  }
}

main(process.argv.slice(2));
