import { withoutContinuedRemarks } from '../../../../src/rules/parse/continued-remarks';

test.each([
  ['a remark after a line that goes on', 'RUN a \\\n# b\n c', 'RUN a \\\n\\\n c'],
  ['an indented one', 'RUN a \\\n \t# b\n c', 'RUN a \\\n\\\n c'],
  ['one after blanks behind the backslash', 'RUN a \\ \t\n# b\n c', 'RUN a \\ \t\n\\\n c'],
  ['one with the line ends of Windows', 'RUN a \\\r\n# b\r\n c\r\n', 'RUN a \\\r\n\\\n c\r\n'],
  ['one after empty lines', 'RUN a \\\n\n \t\n# b\n c', 'RUN a \\\n\n \t\n\\\n c'],
  ['one after empty lines with the line ends of Windows', 'RUN a \\\r\n\r\n# b\r\n c', 'RUN a \\\r\n\r\n\\\n c'],
  ['one after another', 'RUN a \\\n# b\n# c\n d', 'RUN a \\\n\\\n\\\n d'],
  ['two that are apart', 'RUN a \\\n# b\n c \\\n# d\n e', 'RUN a \\\n\\\n c \\\n\\\n e'],
  ['one in each of two instructions', 'RUN a \\\n# b\n c\nRUN d \\\n# e\n f', 'RUN a \\\n\\\n c\nRUN d \\\n\\\n f'],
  ['one after two other instructions', 'FROM a\nRUN b\nRUN c \\\n# d\n e', 'FROM a\nRUN b\nRUN c \\\n\\\n e'],
  ['one at the end of the text', 'RUN a \\\n# b', 'RUN a \\\n\\'],
  ['one where lines go on by a backtick', '# escape=`\nRUN a `\n# b\n c', '# escape=`\nRUN a `\n`\n c'],
  ['one where that is written without blanks', '#escape=`\nRUN a `\n# b\n c', '#escape=`\nRUN a `\n`\n c'],
  ['one behind an indented directive', ' # syntax=x\n# escape=`\nRUN a `\n# b', ' # syntax=x\n# escape=`\nRUN a `\n`'],
  [
    'one behind other directives',
    '# syntax=x\n\t#\tEscape = `\nRUN a `\n# b',
    '# syntax=x\n\t#\tEscape = `\nRUN a `\n`',
  ],
  ['one after a here-document', 'RUN <<E\na\nE\nRUN b \\\n# c\n d', 'RUN <<E\na\nE\nRUN b \\\n\\\n d'],
  [
    'one after a here-document of Windows',
    'RUN <<E\r\na\r\nE\r\nRUN b \\\r\n# c',
    'RUN <<E\r\na\r\nE\r\nRUN b \\\r\n\\',
  ],
  ['one after an empty here-document', 'RUN <<E\nE\nRUN b \\\n# c\n d', 'RUN <<E\nE\nRUN b \\\n\\\n d'],
  ['one after an indented here-document', 'RUN <<-E\n\t\tE\nRUN b \\\n# c\n d', 'RUN <<-E\n\t\tE\nRUN b \\\n\\\n d'],
  ['one after two here-documents', 'RUN <<A <<B\nB\nA\nB\nRUN a \\\n# b', 'RUN <<A <<B\nB\nA\nB\nRUN a \\\n\\'],
  ['one before a here-document', 'RUN a \\\n# b\n <<E\nc \\\n# d\nE', 'RUN a \\\n\\\n <<E\nc \\\n# d\nE'],
  ['one behind the mark of a here-document', 'RUN <<E \\\n# b\n c\nd \\\n# e\nE', 'RUN <<E \\\n\\\n c\nd \\\n# e\nE'],
])('takes out %s, and no line with it', (_, text, expected) => {
  expect(withoutContinuedRemarks(text)).toBe(expected);
});

test.each([
  ['between instructions', 'RUN a\n# b\nRUN c'],
  ['after the last line of one', 'RUN a \\\n b\n# c\nRUN d \\\n e'],
  ['that goes on itself', '# a \\\n# b\nRUN c'],
  ['behind a line of an instruction', 'RUN a # b \\\n c'],
  ['behind a backslash and more', 'RUN a \\ b\n# c\nRUN d'],
  ['of a here-document', 'RUN <<E\na \\\n# b\nE'],
  ['of a here-document with a quoted name', `RUN <<'E_1'\na \\\n# b\nE_1`],
  ['of a here-document with a name in double quotes', 'RUN <<"E"\na \\\n# b\nE'],
  ['of a here-document with an indented name', 'RUN <<-E\na \\\n# b\n\tE'],
  ['of a here-document with a name apart', 'RUN << \tE\na \\\n# b\nE'],
  ['of a here-document behind another command', 'RUN cat <<E >f && b\na \\\n# b\nE'],
  ['of the second here-document', 'COPY <<A <<B /\n1\nA\n2 \\\n# b\nB'],
  ['of a here-document that has its name within a line', 'RUN <<E\na E \\\n# b\nE b \\\n# c\nE'],
  ['of a here-document that has its name with a tab in it', 'RUN <<EX\nE\tX\na \\\n# b\nEX'],
  ['of a here-document that is not closed', 'RUN <<E\na \\\n# b'],
  ['after a backtick where it means nothing', 'RUN a `\n# b\nRUN c'],
  ['after a backslash where it means nothing', '# escape=`\nRUN a \\\n# b\nRUN c'],
])('leaves a remark %s', (_, text) => {
  expect(withoutContinuedRemarks(text)).toBe(text);
});

test('a backtick counts for nothing where a comment below the first instruction speaks of it', () => {
  const text = 'FROM a\n# escape=`\nRUN b \\\n# c\n d';
  expect(withoutContinuedRemarks(text)).toBe('FROM a\n# escape=`\nRUN b \\\n\\\n d');
});
