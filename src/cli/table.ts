import { stripVTControlCharacters } from 'node:util';

/** A table of plain columns; the first row is its head. A cell may be painted. */
export function renderTable(rows: ReadonlyArray<readonly string[]>): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => width(cells[column] ?? ''))));
  return rows
    .map(
      (cells) =>
        cells
          .map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell)))
          .join('  ')
          .trimEnd() + '\n',
    )
    .join('');
}

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
