import { checked, count, type Check } from './check';
import type { CheckedTree } from './checked-tree';
import type { Problem } from '../../errors';

/** What a template leaves where a value was missing. */
const HOLES = /\bundefined\b|\[object Object\]|\bNaN\b/;

/** Checks of rendering: the same bytes every time, no hole in a template, no odd line ending. */
export function templateChecks(first: CheckedTree, second: CheckedTree): readonly Check[] {
  if (!first.assembly) {
    return [
      checked('rendering', 'nothing is rendered while the tree has problems', [...first.problems, ...first.violations]),
    ];
  }
  return [compare(first, second), findHoles(first), findOddText(first)];
}

function compare(first: CheckedTree, second: CheckedTree): Check {
  const again = new Map(second.files.map(({ path, content }) => [path, content]));
  const problems = first.files
    .filter(({ path, content }) => again.get(path) !== content)
    .map(({ path }) => ({
      where: path,
      what: 'two trees of the same module are rendered to different bytes',
      next: 'look for a clock, chance or an order by hash in the module with the images, or in a patch',
    }));
  return checked('rendered twice, the same bytes', count(first.files.length, 'file'), problems);
}

function findHoles({ files }: CheckedTree): Check {
  const problems = files.flatMap(({ path, content }) =>
    content.split('\n').flatMap((line, index): Problem[] => {
      const hole = HOLES.exec(line)?.[0];
      return hole && !/[#;]|\/\//.test(line.slice(0, line.indexOf(hole)))
        ? [{ where: `${path}:${index + 1}`, what: `holds ${hole}`, next: 'give the value that is missing' }]
        : [];
    }),
  );
  return checked('no hole where a value is missing', count(files.length, 'file'), problems);
}

function findOddText({ files }: CheckedTree): Check {
  const problems = files
    .filter(
      ({ content }) => content.includes('\r') || content.includes('\0') || (content !== '' && !content.endsWith('\n')),
    )
    .map(({ path }) => ({
      where: path,
      what: 'it has a carriage return or a zero byte, or its last line does not end',
      next: 'write lines that end with \\n',
    }));
  return checked('lines end as lines of Unix', count(files.length, 'file'), problems);
}
