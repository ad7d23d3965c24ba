import { stripVTControlCharacters } from 'node:util';
import { terminalWidth } from './terminal';
import { wrap } from './wrap';

/** Spaces between two columns. */
const GAP = 2;

/** A word that is longer than this may be broken, where the terminal is too narrow for all. */
const LONGEST_WORD = 24;

/** A column of longer words is as wide at least. */
const NARROWEST = 12;

/**
 * A table of plain columns; the first row is its head. A cell may be painted. On a terminal the widest columns are
 * broken into lines until all fit; the first one, which has the names, is not.
 *
 * @param columns columns of the terminal; @default - those of stdout, if it is one
 */
export function renderTable(rows: ReadonlyArray<readonly string[]>, columns = terminalWidth('stdout')): string {
  const natural = measure(rows, width);
  const room = columns === undefined ? Infinity : columns - GAP * (natural.length - 1);
  const widths = fit(natural, measure(rows, narrowest), room);
  return rows.flatMap((cells) => renderRow(cells, widths)).join('');
}

/** A table without the columns at its end for which a terminal has no room, and the heads of those. */
export function leaveOut(
  rows: ReadonlyArray<readonly string[]>,
  columns = terminalWidth('stdout') ?? Infinity,
): { readonly rows: ReadonlyArray<readonly string[]>; readonly leftOut: readonly string[] } {
  const least = measure(rows, narrowest);
  least[0] = measure(rows, width)[0] ?? 0;
  const fits = (count: number) => count === 1 || sum(least.slice(0, count)) + GAP * (count - 1) <= columns;
  const kept = least.filter((_, last) => fits(last + 1)).length;
  return { rows: rows.map((cells) => cells.slice(0, kept)), leftOut: (rows[0] ?? []).slice(kept) };
}

function renderRow(cells: readonly string[], widths: readonly number[]): string[] {
  const broken = cells.map((cell, column) =>
    width(cell) <= widths[column]! ? [cell] : wrap(cell, widths[column]!, { breakWords: true }),
  );
  const height = Math.max(...broken.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = broken.map((lines, column) => pad(lines[line] ?? '', widths[column]!));
    return `${parts.join(' '.repeat(GAP)).trimEnd()}\n`;
  });
}

/** The largest measure of each column. */
function measure(rows: ReadonlyArray<readonly string[]>, measureOf: (cell: string) => number): number[] {
  return (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => measureOf(cells[column] ?? ''))));
}

/** Columns that a cell needs at least, with its words whole. */
function narrowest(cell: string): number {
  const longest = Math.max(...cell.split(' ').map(width));
  return longest > LONGEST_WORD ? NARROWEST : longest;
}

/** Takes from the widest column that can be narrower, a column of the terminal at a time, until all fit. */
function fit(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  while (sum(widths) > room) {
    const spare = widths.map((columns, index) => (index > 0 && columns > least[index]! ? columns : 0));
    const widest = Math.max(...spare);
    if (widest === 0) {
      return widths;
    }
    widths[spare.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function pad(cell: string, columns: number): string {
  return cell + ' '.repeat(Math.max(0, columns - width(cell)));
}

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
