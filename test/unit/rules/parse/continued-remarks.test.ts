import { parseDockerfile } from '../../../../src/rules/parse/dockerfile';

/** What the only stage of a Dockerfile runs, each RUN as BuildKit reads it. */
function runs(...lines: readonly string[]): string[] {
  return parseDockerfile(['FROM scratch', ...lines].join('\n')).stages[0]!.instructions.map(({ text }) =>
    text.replace(/\s+/g, ' '),
  );
}

test('a remark between lines of one instruction is no part of it', () => {
  expect(runs('RUN chmod \\', '  # all', '  0777 /srv')).toEqual(['chmod 0777 /srv']);
  expect(runs('RUN a \\', '# one', '', '\t# two', '  && b', 'RUN c')).toEqual(['a && b', 'c']);
});

test('a remark of a here-document is one of its shell', () => {
  const text = 'FROM scratch\nRUN <<EOF\na \\\n# all\nb\nEOF\n';
  expect(parseDockerfile(text).stages[0]!.instructions.map(({ raw }) => raw)).toEqual([
    'RUN <<EOF\na \\\n# all\nb\nEOF',
  ]);
});

test('a remark after the end of an instruction, or of a here-document, stands by itself', () => {
  expect(runs('RUN a \\', '  b', '# c', 'RUN d')).toEqual(['a b', 'd']);
  expect(runs('RUN <<-EOF', '\ta \\', '\tEOF', '# b \\', 'RUN c \\', '# d', '  e')[1]).toBe('c e');
});

test('lines go on by another character where the Dockerfile says so', () => {
  const text = '# escape=`\nFROM scratch\nRUN a `\n # b\n c\nRUN d \\\n';
  expect(parseDockerfile(text).stages[0]!.instructions.map((run) => run.text)).toEqual([
    expect.stringMatching(/^a\s+c$/),
    'd \\',
  ]);
});

test('remarks are told with their lines, and what follows keeps its own', () => {
  const { comments, stages } = parseDockerfile('FROM scratch\nRUN a \\\n # hadolint ignore=DL1\n b\nRUN c\n');
  expect(comments).toEqual([{ text: 'hadolint ignore=DL1', line: 3 }]);
  expect(stages[0]!.instructions.map(({ line }) => line)).toEqual([2, 5]);
});
