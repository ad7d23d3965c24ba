import { parseDockerfile, type ParsedInstruction } from '../../../../src/rules/parse/dockerfile';

/** The only instruction of a stage. */
function instruction(text: string): ParsedInstruction {
  const [first, ...others] = parseDockerfile(`FROM scratch\n${text}`).stages[0]!.instructions;
  expect(others).toEqual([]);
  return first!;
}

describe('a Dockerfile', () => {
  test('has stages, each from its FROM to the next, and what stands before the first', () => {
    const { globals, stages } = parseDockerfile(
      'ARG A=1\nARG B\nFROM a AS one\nRUN b\nRUN c\nfrom d as two\nFROM --platform=linux/amd64 scratch\nCOPY e f\n',
    );
    expect(globals.map(({ raw }) => raw)).toEqual(['ARG A=1', 'ARG B']);
    expect(stages.map(({ name, image, from }) => [name, image, from.line])).toEqual([
      ['one', 'a', 3],
      ['two', 'd', 6],
      [undefined, 'scratch', 7],
    ]);
    expect(stages.map(({ instructions }) => instructions.map(({ raw }) => raw))).toEqual([
      ['RUN b', 'RUN c'],
      [],
      ['COPY e f'],
    ]);
  });

  test.each([
    ['without FROM', 'ARG A\nRUN b\n', ['ARG', 'RUN'], 0],
    ['of nothing', '', [], 0],
    ['that begins with FROM', 'FROM a\nRUN b', [], 1],
  ])('%s has no more globals than stand before', (_, text, keywords, count) => {
    const { globals, stages } = parseDockerfile(text);
    expect(globals.map(({ keyword }) => keyword)).toEqual(keywords);
    expect(stages).toHaveLength(count);
  });

  test.each([
    ['FROM', '', undefined],
    ['FROM a', 'a', undefined],
    ['FROM a AS b', 'a', 'b'],
    ['FROM a as b', 'a', 'b'],
    ['FROM a b', 'a', undefined],
    ['FROM a OF b', 'a', undefined],
    ['FROM a AS', 'a', undefined],
  ])('%s is of the image %j and has the name %j', (text, image, name) => {
    expect(parseDockerfile(text).stages).toMatchObject([{ image, name }]);
  });

  test('has directives with their whole values, and comments', () => {
    const { directives, comments } = parseDockerfile(
      '# Syntax = docker/dockerfile:1\n#check=skip=a,b;error=true \n# c\n#\n# d\nFROM e\n',
    );
    expect(directives).toEqual([
      { name: 'syntax', value: 'docker/dockerfile:1' },
      { name: 'check', value: 'skip=a,b;error=true' },
    ]);
    expect(comments).toEqual([
      { text: 'c', line: 3 },
      { text: '', line: 4 },
      { text: 'd', line: 5 },
    ]);
  });

  test.each([
    ['split', 'FROM a\n\nRUN b \\\n  c\n\nRUN d\n', [1, 3, 6]],
    ['whole', 'FROM a\n\n# x\nRUN b \\\n  c\nRUN <<E\nd\nE\nRUN e\n', [1, 4, 6, 9]],
  ])('tells the lines of its instructions where it is read %s', (_, text, expected) => {
    const [stage] = parseDockerfile(text).stages;
    expect([stage!.from, ...stage!.instructions].map(({ line }) => line)).toEqual(expected);
  });

  test('tells lines of its own for what stands in another at another place', () => {
    const lineOf = (text: string): number => parseDockerfile(text).stages[0]!.instructions.at(-1)!.line;
    expect(lineOf('FROM a\nRUN same')).toBe(2);
    expect(lineOf('FROM a\n\n\nRUN same')).toBe(4);
    expect(lineOf('FROM a\nRUN same')).toBe(2);
  });
});

describe('an instruction', () => {
  test.each([
    ['COPY --from=a --chmod=755 b c', 'COPY', ['from=a', 'chmod=755'], ['b', 'c'], 'b c'],
    ['ADD --checksum=sha256:1 --chown=1:2 b c', 'ADD', ['checksum=sha256:1', 'chown=1:2'], ['b', 'c'], 'b c'],
    [
      'RUN --mount=type=cache,target=/a --network=none b',
      'RUN',
      ['mount=type=cache,target=/a', 'network=none'],
      ['b'],
      'b',
    ],
    ['COPY --link b c', 'COPY', ['link='], ['b', 'c'], 'b c'],
    ['HEALTHCHECK --interval=5s CMD a b', 'HEALTHCHECK', ['interval=5s'], ['CMD', 'a', 'b'], 'CMD a b'],
    ['USER 1:2', 'USER', [], ['1:2'], '1:2'],
    ['run a "b"', 'RUN', [], ['a', '"b"'], 'a "b"'],
    ['STOPSIGNAL', 'STOPSIGNAL', [], [], ''],
    ['nonsense a b', 'NONSENSE', [], ['a', 'b'], 'a b'],
  ])('%s has a keyword, flags and words', (text, keyword, flags, words, content) => {
    const read = instruction(text);
    expect(read).toMatchObject({ keyword, words, text: content, raw: text, line: 2 });
    expect(read.written).toBe(text.split(' ')[0]);
    expect(read.flags.map(({ name, value }) => `${name}=${value}`)).toEqual(flags);
  });

  test('is told as it is written, indented or over several lines', () => {
    expect(instruction('  Run a \\\n    b')).toMatchObject({ keyword: 'RUN', written: 'Run', raw: 'Run a \\\n    b' });
    expect(instruction('RUN <<E\na\nE')).toMatchObject({
      raw: 'RUN <<E\na\nE',
      text: expect.stringContaining('\na\n'),
    });
  });

  test.each([
    [
      'ENV A=1 B="c d" E=',
      [
        ['A', '1'],
        ['B', 'c d'],
        ['E', ''],
      ],
    ],
    ['ENV A b c', [['A', 'b c']]],
    ['ARG A', [['A', undefined]]],
    ['ARG A=1', [['A', '1']]],
    [
      'LABEL a.b="c" d=e',
      [
        ['a.b', 'c'],
        ['d', 'e'],
      ],
    ],
    ['RUN A=1 b', []],
    ['USER a=b', []],
  ])('%s has properties', (text, properties) => {
    expect(instruction(text).properties.map(({ name, value }) => [name, value])).toEqual(properties);
  });

  test.each([
    ['CMD ["a","b c"]', ['a', 'b c']],
    ['ENTRYPOINT [ "a" , "b" ]', ['a', 'b']],
    ['RUN ["a"]', ['a']],
    ['SHELL ["/bin/sh", \\\n  "-c"]', ['/bin/sh', '-c']],
    ['RUN []', []],
    ['HEALTHCHECK CMD ["a", "b"]', ['a', 'b']],
    ['HEALTHCHECK --interval=5s cmd  ["a"]', ['a']],
    ['HEALTHCHECK CMD a', undefined],
    ['HEALTHCHECK NONE', undefined],
    ['RUN CMD ["a"]', undefined],
    ['CMD a "b"', undefined],
    ['CMD "a"', undefined],
    ['CMD', undefined],
    [`CMD ['a']`, undefined],
    ['CMD ["a"', undefined],
    ['CMD ["a"] b', undefined],
    ['CMD ["a", 1]', undefined],
    ['CMD [1]', undefined],
    ['RUN [ -f a ]', undefined],
    ['CMD {"a": "b"}', undefined],
    ['HEALTHCHECK xCMD ["a"]', undefined],
  ])('%j is in exec form, or not', (text, exec) => {
    expect(instruction(text).exec).toEqual(exec);
  });
});

test.each([
  ['RUN echo "a <<E" \n\nRUN chmod 0777 /srv', 2, 'E"'],
  ["RUN echo 'x <<E y'\nRUN chmod 0777 /srv", 2, 'E'],
  ['RUN true\nRUN echo a\\\n  "b <<E"\nRUN chmod 0777 /srv', 3, 'E"'],
  ['RUN cat <<A <<B\na\nA\nb\nRUN chmod 0777 /srv', 2, 'B'],
  ['COPY <<E /srv/e\nRUN chmod 0777 /srv', 2, 'E'],
])('what follows on %j cannot be told from a text, and is not let pass', (text, line, name) => {
  expect(() => parseDockerfile(`FROM a\n${text}\n`)).toThrow(`line ${line}: nothing ends the here-document ${name};`);
});

test('a here-document whose mark goes on in the next line is looked for too', () => {
  expect(() => parseDockerfile('FROM a\nRUN cat <\\\n<E\nRUN chmod 0777 /srv\n')).toThrow('the here-document E;');
});

test.each([
  ['RUN cat <<E >/x\nhi\nE\nRUN b', ['RUN', 'RUN']],
  ['RUN <<-"E"\n\thi\n\tE\nRUN b', ['RUN', 'RUN']],
  ['COPY <<A <<B /x/\na\nA\nb\nB\nRUN b', ['COPY', 'RUN']],
  ['RUN echo $((1 << 2)) b\nRUN b', ['RUN', 'RUN']],
  ['RUN sh <<<"a"\nRUN b', ['RUN', 'RUN']],
  ['ENV A="x <<E"\nRUN b', ['ENV', 'RUN']],
])('%j is read to its end', (text, keywords) => {
  const [stage] = parseDockerfile(`FROM a\n${text}\n`).stages;
  expect(stage!.instructions.map(({ keyword }) => keyword)).toEqual(keywords);
});
