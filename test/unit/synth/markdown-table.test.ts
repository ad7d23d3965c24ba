import { markdownTable } from '../../../src/synth/markdown-table';

describe('a table', () => {
  it('has its columns below each other, with a line below the head', () => {
    const table = markdownTable([
      ['variable', 'default'],
      ['a', '10M'],
      ['the longest', ''],
    ]);
    expect(table.split('\n')).toEqual([
      '| variable    | default |',
      '| ----------- | ------- |',
      '| a           | 10M     |',
      '| the longest |         |',
    ]);
  });

  it.each([
    ['of no letter', '', '---'],
    ['of one letter', 'a', '---'],
    ['of three letters', 'abc', '---'],
    ['of four letters', 'abcd', '----'],
  ])('has three dashes at least below a column %s', (_, head, dashes) => {
    expect(markdownTable([[head]])).toBe(`| ${head.padEnd(dashes.length)} |\n| ${dashes} |`);
  });

  it.each([
    ['a bar', 'a | b', 'a \\| b'],
    ['a bar that is none already', 'a \\| b', 'a \\| b'],
    ['two lines', 'a\nb', 'a b'],
    ['lines with blanks', ' a \r\n  \n b\n', 'a b'],
  ])('keeps %s in its cell', (_, text, cell) => {
    expect(markdownTable([['head'], [text]]).split('\n')[2]).toBe(`| ${cell.padEnd(4)} |`);
  });

  it('takes the width of a column from that column alone', () => {
    const [, line] = markdownTable([
      ['a', 'b', 'c'],
      ['1', '55555', '1'],
      ['4444', '1', '1'],
    ]).split('\n');
    expect(line).toBe('| ---- | ----- | --- |');
  });
});
