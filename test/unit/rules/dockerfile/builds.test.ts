import {
  programsBackwards,
  runTexts,
  shellTexts,
  startedTexts,
  type ShellText,
} from '../../../../src/rules/dockerfile/builds';
import { contextOf, type Written } from '../written';

/** Programs of each RUN, with their arguments. */
function programsOf(dockerfile: string): string[][] {
  return runTexts(contextOf(dockerfile)).map(({ invocations }) =>
    invocations.map(({ program, args }) => [program, ...args].join(' ')),
  );
}

/** The first RUN of a context. */
function firstRun(written: Written): readonly [ReturnType<typeof contextOf>, ShellText] {
  const context = contextOf(written);
  return [context, runTexts(context)[0]!];
}

function placeOf(text: ShellText): string | undefined {
  return text.finding(undefined, '').file;
}

describe('a RUN', () => {
  it.each([
    ['is none of the other instructions', 'FROM scratch\nCOPY a /a\nRUN b\nCMD cd /c && d\n', [['b']]],
    ['may be an array', 'FROM scratch\nRUN ["apt-get", "install", "a b"]\n', [['apt-get install a b']]],
    ['may have a quoted word over two lines', "FROM scratch\nRUN a 'b\\\n c'\n", [['a b c']]],
    ['is a here-document behind a flag', 'FROM scratch\nRUN --network=none <<EOF\na\nEOF\n', [['a']]],
    [
      'is a here-document behind flags with more blanks than they need',
      'FROM scratch\nRUN  --network=none  --mount=type=tmpfs,target=/x <<EOF\na\nb\nEOF\n',
      [['a', 'b']],
    ],
    [
      'is a here-document behind flags that have lines of their own',
      'FROM scratch\nRUN --network=none \\\n    --mount=type=tmpfs,target=/x \\\n    <<EOF\na\nEOF\n',
      [['a']],
    ],
  ])('%s', (_, dockerfile, programs) => {
    expect(programsOf(dockerfile)).toEqual(programs);
  });

  it('that is an array is one command, and has nothing that only a shell has', () => {
    const [, { commands, kind, finding }] = firstRun('FROM scratch\n\nRUN ["a", "b"]\n');
    expect(commands).toEqual([
      { words: ['a', 'b'], assignments: [], redirects: [], documents: [], inner: [], piped: false, line: 3 },
    ]);
    expect(kind).toBe('RUN');
    expect(finding(commands[0], 'it is so')).toEqual({ file: 'amd64/Dockerfile:3', what: 'it is so' });
  });
});

describe('scripts of a context', () => {
  const FILES = {
    Dockerfile: 'FROM scratch\nRUN a\n',
    'scripts/a.sh': '\nb\n',
    'config/files/own': '#!/usr/bin/env bash\nc\n',
    'config/files/notes': 'The first line is #!/bin/sh\n',
    'config/files/own.php': '#!/usr/bin/env php\n<?php\n',
  };

  it('are those by name and those by their first line', () => {
    expect(shellTexts(contextOf(FILES)).map(placeOf)).toEqual([
      'amd64/Dockerfile:2',
      'amd64/scripts/a.sh',
      'amd64/config/files/own',
    ]);
  });

  it('name the line of a command', () => {
    const { commands, finding, kind } = shellTexts(contextOf(FILES))[1]!;
    expect(finding(commands[0], 'it is so')).toEqual({ file: 'amd64/scripts/a.sh:2', what: 'it is so' });
    expect(kind).toBe('script');
  });
});

describe('scripts that are started', () => {
  const CIRCLE = {
    'scripts/a.sh': 'a1\n. "$here/scripts/b.sh"\na2\n',
    'scripts/b.sh': 'b1\nsh /context/scripts/a.sh\nb2\n',
    'scripts/c.sh': 'c1\n',
  };

  it.each([
    ['by a shell', 'sh -eu /context/scripts/c.sh'],
    ['by themselves', '/context/scripts/c.sh --now'],
    ['by a shell that gets a path besides', 'bash /context/scripts/c.sh /etc/app'],
    ['after one that is not there', 'sh /nowhere/d.sh && sh /context/scripts/c.sh'],
  ])('%s are followed', (_, run) => {
    const [context, text] = firstRun({ Dockerfile: `FROM scratch\nRUN ${run}\n`, ...CIRCLE });
    expect([...startedTexts(context, text)].map(placeOf)).toEqual(['amd64/Dockerfile:2', 'amd64/scripts/c.sh']);
  });

  it.each([
    ['are copied', 'cp /context/scripts/c.sh /usr/local/bin/'],
    ['are checked by a program that begins as a shell does', 'sha256sum /context/scripts/c.sh'],
    ['are given to a program that ends as a shell does', 'publish /context/scripts/c.sh'],
    ['are options of a shell', 'bash --rcfile=/context/scripts/c.sh'],
    ['have only the name of one', 'sh c.sh'],
  ])('are not those that %s', (_, run) => {
    const [context, text] = firstRun({ Dockerfile: `FROM scratch\nRUN ${run}\n`, ...CIRCLE });
    expect([...startedTexts(context, text)].map(placeOf)).toEqual(['amd64/Dockerfile:2']);
    expect([...programsBackwards(context, text)]).toHaveLength(1);
  });

  it('are told once, though they start each other', () => {
    const [context, text] = firstRun({ Dockerfile: 'FROM scratch\nRUN sh /context/scripts/a.sh\n', ...CIRCLE });
    expect([...startedTexts(context, text)].map(placeOf)).toEqual([
      'amd64/Dockerfile:2',
      'amd64/scripts/a.sh',
      'amd64/scripts/b.sh',
    ]);
  });

  it('are gone through from the end, and a circle is left where it closes', () => {
    const [context, text] = firstRun({
      Dockerfile: 'FROM scratch\nRUN first && sh /context/scripts/a.sh && last\n',
      ...CIRCLE,
    });
    const steps = [...programsBackwards(context, text)];
    expect(steps.map(({ invocation }) => invocation.program)).toEqual([
      ...['last', 'a2', 'b2', 'sh', 'b1', '.', 'a1', 'sh', 'first'],
    ]);
    expect(placeOf(steps[1]!.text)).toBe('amd64/scripts/a.sh');
  });

  it('are followed to the fifth', () => {
    const chain = [1, 2, 3, 4, 5, 6].map((at) => [`scripts/s${at}.sh`, `p${at}\nsh /context/scripts/s${at + 1}.sh\n`]);
    const [context, text] = firstRun({
      Dockerfile: 'FROM scratch\nRUN sh /context/scripts/s1.sh\n',
      ...Object.fromEntries(chain),
    });
    const programs = [...programsBackwards(context, text)].map(({ invocation }) => invocation.program);
    expect(programs.filter((program) => program !== 'sh')).toEqual(['p5', 'p4', 'p3', 'p2', 'p1']);
  });
});
