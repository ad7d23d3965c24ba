import { readFileSync, writeFileSync } from 'node:fs';
import type { Room } from './room';
import { markdownTable } from '../../src/synth/markdown-table';

/** The part of Stryker's results that is counted. */
interface Results {
  readonly files: Readonly<Record<string, { readonly mutants: ReadonlyArray<{ readonly status: string }> }>>;
}

const HEAD = ['room', 'mutants', 'killed', 'timed out', 'survived', 'no test', 'left out', 'score'];

const BEGIN = '<!-- results -->\n\n';
const END = '\n\n<!-- end of results -->';

/**
 * Puts the results of a room into the table of docs/mutation.md, in the place of those that it has of it.
 *
 * @param results files of those of its parts
 */
export function writeSummary(file: string, results: readonly string[], { name }: Room): void {
  const text = readFileSync(file, 'utf8');
  const [before = '', rest = ''] = text.split(BEGIN);
  const [table = '', after = ''] = rest.split(END);
  const rows = table
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([room]) => room !== name);
  rows.push(rowOf(name, results.flatMap(statusesIn)));
  rows.sort(([a], [b]) => (a! < b! ? -1 : 1));
  writeFileSync(file, `${before}${BEGIN}${markdownTable([HEAD, ...rows])}${END}${after}`);
}

function statusesIn(part: string): string[] {
  const { files } = JSON.parse(readFileSync(part, 'utf8')) as Results;
  return Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
}

function rowOf(name: string, all: readonly string[]): string[] {
  const count = (...statuses: readonly string[]) => all.filter((status) => statuses.includes(status)).length;
  const found = count('Killed', 'Timeout');
  const missed = count('Survived', 'NoCoverage');
  return [
    name,
    String(found + missed),
    String(count('Killed')),
    String(count('Timeout')),
    String(count('Survived')),
    String(count('NoCoverage')),
    String(all.length - found - missed),
    `${((100 * found) / Math.max(found + missed, 1)).toFixed(1)} %`,
  ];
}
