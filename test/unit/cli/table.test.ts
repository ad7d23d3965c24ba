import * as fc from 'fast-check';
import { leaveOut, renderTable } from '../../../src/cli/table';
import { fitLines, hang, wrap } from '../../../src/cli/wrap';

const ROWS = [
  ['NAME', 'VALUE', 'LAYER'],
  ['php.extensions', '["bcmath","ctype","curl","dom","exif","fileinfo"]', 'base'],
  ['php.version', '"8.4"', 'variant shop'],
];

describe('a table', () => {
  it('has lines as long as they are, where there is no terminal', () => {
    expect(renderTable(ROWS).split('\n')).toEqual([
      'NAME            VALUE                                              LAYER',
      'php.extensions  ["bcmath","ctype","curl","dom","exif","fileinfo"]  base',
      'php.version     "8.4"                                              variant shop',
      '',
    ]);
  });

  it('is broken in its widest column, behind a comma, where the terminal is narrow', () => {
    expect(renderTable(ROWS, 50).split('\n')).toEqual([
      'NAME            VALUE                 LAYER',
      'php.extensions  ["bcmath","ctype",    base',
      '                "curl","dom","exif",',
      '                "fileinfo"]',
      'php.version     "8.4"                 variant shop',
      '',
    ]);
  });

  it('leaves out columns at its end that have no room', () => {
    const { rows, leftOut } = leaveOut(ROWS, 30);
    expect([rows[2], leftOut]).toEqual([['php.version', '"8.4"'], ['LAYER']]);
  });
});

describe('wrapped text', () => {
  const words = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }), { maxLength: 20 });

  it('has every word, in order, and no line that is wider than it may be', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 5, max: 60 }), (list, width) => {
        const text = list.map((word) => word.replaceAll(' ', '_')).join(' ');
        const lines = wrap(text, width);
        expect(lines.join(' ')).toBe(text);
        expect(lines.filter((line) => line.length > width && line.includes(' '))).toEqual([]);
        expect(wrap(text, width, { breakWords: true }).filter((line) => line.length > width)).toEqual([]);
      }),
    );
  });

  it('keeps lines that fit, and their order and gaps', () => {
    expect(fitLines('a  b\n  push web  it is not there\n', 20)).toBe('a  b\n  push web  it is\n      not there\n');
  });

  it('hangs below its first line', () => {
    expect(hang('  do:  ', 'write another word', 18)).toBe('  do:  write\n       another\n       word');
  });
});
