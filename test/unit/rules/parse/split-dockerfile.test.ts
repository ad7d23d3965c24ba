import { splitDockerfile } from '../../../../src/rules/parse/split-dockerfile';

/** Pieces in short: `2: RUN a`. */
function pieces(text: string): string[] | undefined {
  return splitDockerfile(text)?.pieces.map(({ line, text: piece }) => `${line}: ${piece}`);
}

describe('a Dockerfile', () => {
  test.each([
    ['of one instruction', 'FROM a', '', ['1: FROM a']],
    ['of several', 'FROM a\nRUN b\nRUN c\n', '', ['1: FROM a', '2: RUN b', '3: RUN c']],
    ['with empty lines between', 'FROM a\n\n \t\nRUN b\n\n', '', ['1: FROM a', '4: RUN b']],
    [
      'with lines that go on',
      'FROM a\nRUN b \\\n  c \\ \t\n  d\nRUN e',
      '',
      ['1: FROM a', '2: RUN b \\\n  c \\ \t\n  d', '5: RUN e'],
    ],
    ['with a backslash within a line', 'FROM a\nRUN b \\ c\nRUN d', '', ['1: FROM a', '2: RUN b \\ c', '3: RUN d']],
    ['with a number sign within a line', 'FROM a\nRUN b # c', '', ['1: FROM a', '2: RUN b # c']],
    ['with a head', '# check=error=true\n\n  # a\nFROM b\n', '# check=error=true\n\n  # a', ['4: FROM b']],
    ['with empty lines at its head', '\n \nFROM a', '\n ', ['3: FROM a']],
    ['of comments alone', '# a\n# b\n', '# a\n# b\n', []],
    ['of nothing', '', '', []],
    ['that speaks of escapes', 'FROM a\nRUN b escape=c', '', ['1: FROM a', '2: RUN b escape=c']],
    [
      'that speaks of escapes behind a number sign',
      'FROM a\nRUN b # escape=c',
      '',
      ['1: FROM a', '2: RUN b # escape=c'],
    ],
    ['that has a comment on escapes', '# no escape here\nFROM a', '# no escape here', ['2: FROM a']],
    ['that reads a file', 'FROM a\nRUN b <c', '', ['1: FROM a', '2: RUN b <c']],
  ])('%s is split', (_, text, head, expected) => {
    expect(splitDockerfile(text)?.head).toBe(head);
    expect(pieces(text)).toEqual(expected);
  });

  test.each([
    ['has a here-document', 'FROM a\nRUN <<E\nb\nE\n'],
    ['has the line ends of Windows', 'FROM a\r\nRUN b\r\n'],
    ['has another escape', '# escape=`\nFROM a'],
    ['has another escape, written without blanks', '#escape=`\nFROM a'],
    ['has another escape, written with blanks', ' #\tESCAPE\t= `\nFROM a'],
    ['has another escape in its second line', '# check=skip=all\n# escape=`\nFROM a'],
    ['has a comment below its first instruction', 'FROM a\n# b\nRUN c'],
    ['has an indented comment below its first instruction', 'FROM a\n\n \t# b\nRUN c'],
    ['has a comment between lines of one instruction', 'FROM a\nRUN b \\\n# c\n  d'],
    ['has an empty line between lines of one instruction', 'FROM a\nRUN b \\\n\n  d'],
    ['has a blank line between lines of one instruction', 'FROM a\nRUN b \\\n \t\n  d'],
    ['ends with a line that goes on', 'FROM a\nRUN b \\'],
    ['ends with a line that goes on and an empty one', 'FROM a\nRUN b \\\n'],
  ])('that %s is not split', (_, text) => {
    expect(splitDockerfile(text)).toBeUndefined();
  });
});
