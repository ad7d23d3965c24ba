/** A table in the form that prettier gives it: columns stand below each other. The first row is the head. */
export function markdownTable(texts: ReadonlyArray<readonly string[]>): string {
  const rows = texts.map((row) => row.map(cellOf));
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const [head, ...body] = rows;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

/** A text that stays in its cell: on one line, and with bars that are none of the table. */
function cellOf(text: string): string {
  return text
    .trim()
    .replace(/\s*[\n\r]\s*/g, ' ')
    .replace(/(?<!\\)\|/g, '\\|');
}
