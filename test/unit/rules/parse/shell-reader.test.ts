import { parseShell, type ShellCommand } from '../../../../src/rules/parse/shell';

/** Commands in short: `1: a b`, with the line at which each begins. */
function lines(text: string): string[] {
  return parseShell(text).map((command) => `${command.line}: ${command.words.join(' ')}`);
}

function words(text: string): ReadonlyArray<readonly string[]> {
  return parseShell(text).map((command) => command.words);
}

/** What the commands that run for others are, by their words. */
function inner(commands: readonly ShellCommand[]): string[] {
  return commands.flatMap((command) => [...command.inner.map((one) => one.words.join(' ')), ...inner(command.inner)]);
}

describe('a word', () => {
  test.each([
    ['in single quotes keeps its backslashes', `a 'b\\' c`, ['a', 'b\\', 'c']],
    ['in single quotes keeps double ones', `a 'say "b"'`, ['a', 'say "b"']],
    ['in single quotes keeps operators', `a 'b;c|d&e>f#g\nh'`, ['a', 'b;c|d&e>f#g\nh']],
    ['in double quotes keeps single ones', `a "it's b" c`, ['a', `it's b`, 'c']],
    ['in double quotes keeps operators', 'a "b;c|d&e>f#g\nh"', ['a', 'b;c|d&e>f#g\nh']],
    ['in double quotes loses few backslashes', 'a "\\$b \\`c\\` \\"d\\" \\\\e"', ['a', '$b `c` "d" \\e']],
    ['in double quotes keeps most backslashes', 'a "b\\n\\d.*\\\'c"', ['a', `b\\n\\d.*\\'c`]],
    ['loses its backslashes outside of quotes', `a b\\;c \\"d \\'e \\$f \\\\g`, ['a', 'b;c', '"d', `'e`, '$f', '\\g']],
    ['may be empty', `a '' "" b`, ['a', '', '', 'b']],
    ['is put together of parts', `a b'c'"d"\\e$f'g'`, ['a', 'bcde$fg']],
    ['goes on in the next line', 'a b\\\nc "d"\\\ne', ['a', 'bc', 'de']],
    ['keeps a number sign that is not its first character', 'a b#c $# "#d" \\#e # f', ['a', 'b#c', '$#', '#d', '#e']],
    ['keeps its variables', 'a $b ${c} "${d}e" "$f" ${g:-h i} $', ['a', '$b', '${c}', '${d}e', '$f', '${g:-h i}', '$']],
    ['may begin with a digit', 'a 1 22b 3', ['a', '1', '22b', '3']],
    ['is parted by any blank', 'a\tb \t c\rd \\\r\n e', ['a', 'b', 'c', 'd', 'e']],
    ['ends with the text, its quote open', `a 'b`, ['a', 'b']],
    ['ends with the text, its double quote open', 'a "b', ['a', 'b']],
    ['ends with the text, its backslash last', 'a b\\', ['a', 'b']],
    ['ends with the text, its backslash last in a quote', 'a "b\\', ['a', 'b\\']],
    ['ends with the text, its variable open', 'a ${b c', ['a', '${b c']],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual([expected]);
  });

  test('that is quoted is none of the grammar', () => {
    expect(words(`a ';' b "|" c \\& d '>' e`)).toEqual([['a', ';', 'b', '|', 'c', '&', 'd', '>', 'e']]);
  });
});

describe('a command', () => {
  test.each([
    ['between operators without blanks', 'a;b&&c||d|e&f|&g', ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
    ['in parentheses', '(a; b) && (c)', ['a', 'b', 'c']],
    ['after a comment that ends with a backslash', '# a \\\nb', ['b']],
    ['after a comment that has a quote', `a # it's\nb # "\nc`, ['a', 'b', 'c']],
    ['after a comment right behind an operator', 'a;#b\nc', ['a', 'c']],
    ['behind each word of a condition', 'if a; then b; elif c; then d; else e; fi', ['a', 'b', 'c', 'd', 'e']],
    ['behind each word of a loop', 'until a; do b; done; while c; do d; done', ['a', 'b', 'c', 'd']],
    ['whose time is taken', 'time a', ['a']],
    ['with arguments that are words of the grammar', 'a do then time ! {', ['a do then time ! {']],
    ['with a name that begins like a word of the grammar', 'done2; dot x; iff y', ['done2', 'dot x', 'iff y']],
    [
      'with a name that ends like a word of the grammar',
      'redo x; a-done y; notif z',
      ['redo x', 'a-done y', 'notif z'],
    ],
    ['of a loop over words', 'for x in b c; do a $x; done', ['for x in b c', 'a $x']],
    ['after empty ones', ';;\n\n&& a', ['a']],
  ])('is found %s', (_, text, expected) => {
    expect(words(text).map((one) => one.join(' '))).toEqual(expected);
  });

  test.each([
    ['of lines one after another', 'a\nb\n\n  c', ['1: a', '2: b', '4: c']],
    ['after a line that goes on', 'a \\\n b \\\n c\nd', ['1: a b c', '4: d']],
    ['after a line that goes on within a word', 'a b\\\nc\nd', ['1: a bc', '3: d']],
    ['after a line that goes on within a quote', 'a "b\\\nc"; d', ['1: a bc', '2: d']],
    ['after a quote of several lines', `a 'b\n\nc'\nd "e\nf"\ng`, ['1: a b\n\nc', '4: d e\nf', '6: g']],
    ['after a here-document', 'a <<E\n1\n2\nE\nb', ['1: a', '5: b']],
    ['after a comment', '# a\n\n# b\nc # d\ne', ['4: c', '5: e']],
    ['after a substitution of several lines', 'a $(b\nc)\nd `e\nf`\ng', ['1: a $(b\nc)', '3: d `e\nf`', '5: g']],
    ['after a variable of several lines', 'a ${b:-c\nd}\ne', ['1: a ${b:-c\nd}', '3: e']],
    ['behind a word of the grammar in the line before', 'if\n  a\nthen\n\n  b\nfi', ['2: a', '5: b']],
    ['behind a brace', '{ a\n} \\\n && b', ['1: a', '3: b']],
  ])('tells its line: %s', (_, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  test('that only redirects has a line too', () => {
    expect(parseShell('a\n\n>/etc/passwd\n')).toMatchObject([{ line: 1 }, { line: 3, words: [] }]);
  });

  test.each([
    ['a | b', [true, false]],
    ['a |& b', [true, false]],
    ['a || b', [false, false]],
    ['a && b | c', [false, true, false]],
    ['a & b; c', [false, false, false]],
    ['a\n| b', [false, false]],
    ['(a; b) | c', [false, false, false]],
    ['a |', [true]],
    ['case a in b) c | d ;; esac', [false, true, false]],
  ])('says whether its output goes on: %s', (text, expected) => {
    expect(parseShell(text).map(({ piped }) => piped)).toEqual(expected);
  });

  test.each([
    ['A=1 b', ['b'], [{ name: 'A', value: '1' }]],
    ['A=', [], [{ name: 'A', value: '' }]],
    ['A=1 B_2=3 _c=4 d', ['d'], ['A=1', 'B_2=3', '_c=4'].map(toPair)],
    ['PATH+=:/opt/bin a', ['a'], [{ name: 'PATH', value: ':/opt/bin' }]],
    ['A=b=c=d e', ['e'], [{ name: 'A', value: 'b=c=d' }]],
    ['A="b c" d', ['d'], [{ name: 'A', value: 'b c' }]],
    ['a B=1', ['a', 'B=1'], []],
    ['1A=2 b', ['1A=2', 'b'], []],
    ['A-B=2 c', ['A-B=2', 'c'], []],
    ['=2 a', ['=2', 'a'], []],
    ['--a=2 b', ['--a=2', 'b'], []],
    ['if A=1 b', ['b'], [{ name: 'A', value: '1' }]],
  ])('has assignments in front: %s', (text, expected, assignments) => {
    expect(parseShell(text)).toMatchObject([{ words: expected, assignments }]);
  });

  function toPair(text: string): { name: string; value: string } {
    const [name = '', value = ''] = text.split('=');
    return { name, value };
  }
});

describe('a redirect', () => {
  test.each([
    ['a >b', ['a'], ['> b']],
    ['a>b', ['a'], ['> b']],
    ['a >>b', ['a'], ['>> b']],
    ['a >|b', ['a'], ['>| b']],
    ['a <b', ['a'], ['< b']],
    ['a <>b', ['a'], ['<> b']],
    ['a &>b', ['a'], ['&> b']],
    ['a &>>b', ['a'], ['&>> b']],
    ['a >&b', ['a'], ['>& b']],
    ['a <&-', ['a'], ['<& -']],
    ['a <<<b', ['a'], ['<<< b']],
    ['a 2>b', ['a'], ['> b']],
    ['a 12>>b', ['a'], ['>> b']],
    ['a 0<b', ['a'], ['< b']],
    ['a 2>&1', ['a'], ['>& 1']],
    ['a2>b', ['a2'], ['> b']],
    ['a 2 >b', ['a', '2'], ['> b']],
    ['a >b c <d e', ['a', 'c', 'e'], ['> b', '< d']],
    ['>b a', ['a'], ['> b']],
    ['a > \t b', ['a'], ['> b']],
    ['a > \\\n b', ['a'], ['> b']],
    [`a >'b c' >"d e"`, ['a'], ['> b c', '> d e']],
    ['a >"$b/c"', ['a'], ['> $b/c']],
    ['>b', [], ['> b']],
  ])('is none of the words: %s', (text, expected, redirects) => {
    const [command, ...others] = parseShell(text);
    expect(command!.words).toEqual(expected);
    expect(command!.redirects.map(({ operator, target }) => `${operator} ${target}`)).toEqual(redirects);
    expect(others).toEqual([]);
  });

  test.each([
    ['a >b;c', ['a', 'c']],
    ['a >b&c', ['a', 'c']],
    ['(a >b)\nc', ['a', 'c']],
  ])('ends with its target: %s', (text, expected) => {
    expect(words(text).flat()).toEqual(expected);
  });
});

describe('a here-document', () => {
  test.each([
    ['ends at its word', 'a <<EOF\nb\nEOF\n', ['b']],
    ['ends at its quoted word', `a <<'E F'\nb\nE F\n`, ['b']],
    ['ends at a word with a backslash', 'a <<\\EOF\nb\nEOF\n', ['b']],
    ['does not end at a line that has more', 'a <<EOF\nEOF \n EOF\nEOFEOF\nEOF\n', ['EOF \n EOF\nEOFEOF']],
    ['does not end at an indented word', 'a <<EOF\n\tEOF\nEOF\n', ['\tEOF']],
    ['ends at an indented word where it says so', 'a <<-EOF\n\tb\n\t\tEOF\n', ['\tb']],
    ['does not end behind spaces', 'a <<-EOF\n  EOF\n\tb\tEOF\nEOF\n', ['  EOF\n\tb\tEOF']],
    ['does not end at a word with a tab in it', 'a <<-EOF\nE\tOF\nEOF\n', ['E\tOF']],
    ['keeps its empty lines', 'a <<EOF\n\nb\n\nEOF\n', ['\nb\n']],
    ['may be empty', 'a <<EOF\nEOF\n', ['']],
    ['ends with the text', 'a <<EOF\nb\nc', ['b\nc']],
    ['ends with the text at its word', 'a <<EOF\nb\nEOF', ['b']],
    ['follows another', 'a <<A <<-B\n1\nA\n2\n\tB\n', ['1', '2']],
    ['has a number', 'a 3<<EOF\nb\nEOF\n', ['b']],
    ['has its word apart', 'a << EOF\nb\nEOF\n', ['b']],
    ['has quotes and operators', `a <<EOF\nit's "b; c | $(\nEOF\n`, [`it's "b; c | $(`]],
  ])('%s', (_, text, documents) => {
    expect(parseShell(text)).toMatchObject([{ words: ['a'], documents, redirects: [] }]);
  });

  test.each([
    ['a <<EOF; b\n1\nEOF\nc', ['a 1', 'b', 'c']],
    ['a <<EOF | b\n1\nEOF\nc', ['a 1', 'b', 'c']],
    ['a && b <<A && c <<B\n1\nA\n2\nB\nd', ['a', 'b 1', 'c 2', 'd']],
    ['<<EOF\n1\nEOF\na', [' 1', 'a']],
    ['(a <<EOF)\n1\nEOF\nb', ['a 1', 'b']],
    ['a <<EOF # b\n1\nEOF\nc', ['a 1', 'c']],
  ])('is of the command that it stands at: %j', (text, expected) => {
    expect(parseShell(text).map((command) => [command.words.join(' '), ...command.documents].join(' '))).toEqual(
      expected,
    );
  });
});

describe('a substitution', () => {
  test.each([
    ['in a word', 'a $(b c)', ['b c']],
    ['in double quotes', 'a "b $(c) d"', ['c']],
    ['that has quotes inside of quotes', 'a "$(b "c)" d)"', ['b c) d']],
    ['that has a single quote inside of quotes', `a "$(b ')' c)" d`, ['b ) c']],
    ['that has a quoted parenthesis', `a $(b 'c ) d' "e ) f")`, ['b c ) d e ) f']],
    ['with an escaped parenthesis', 'a $(b \\) c)', ['b ) c']],
    ['with an escaped quote', 'a $(b "\\")" c)', ['b ") c']],
    ['with parentheses of its own', 'a $( (b); c)', ['b', 'c']],
    ['inside of another', 'a $(b $(c))', ['b $(c)', 'c']],
    ['of several commands', 'a $(b; c | d)', ['b', 'c', 'd']],
    ['by back quotes', 'a `b c` d', ['b c']],
    ['by back quotes in double ones', 'a "`b` c"', ['b']],
    ['by back quotes inside of back quotes', 'a `b \\`c\\``', ['b `c`', 'c']],
    ['by back quotes with an escaped variable', 'a `b \\$c \\\\d`', ['b $c d']],
    ['of the input of a process', 'a <(b) < <(c)', ['b', 'c']],
    ['of the output of a process', 'a > >(b) >(c)', ['b', 'c']],
    ['in an assignment', 'A=$(b) B="$(c)"', ['b', 'c']],
    ['in the target of a redirect', 'a >"$(b)"', ['b']],
    ['that is not closed', 'a $(b; c', ['b', 'c']],
    ['that is not closed, nor its quote', `a $(b 'c`, ['b c']],
    ['that is not closed, nor its double quote', 'a $(b "c', ['b c']],
    ['that ends with a backslash and the text', 'a $(b\\', ['b']],
    ['by back quotes that are not closed', 'a `b; c', ['b', 'c']],
    ['not in single quotes', `a '$(b)' '\`c\`'`, []],
    ['not behind a backslash', 'a \\$b \\`c "\\$(d) \\`e"', []],
  ])('is found %s', (_, text, expected) => {
    expect(inner(parseShell(text))).toEqual(expected);
  });

  test.each([
    ['a $(b) c', ['a', '$(b)', 'c']],
    ['a x$(b c)y z', ['a', 'x$(b c)y', 'z']],
    ['a "$(b "c")" d', ['a', '$(b "c")', 'd']],
    ['a `b c` d', ['a', '`b c`', 'd']],
    ['a <(b c) d', ['a', '<(b c)', 'd']],
    ['a 2>(b)', ['a', '2>(b)']],
    ['a $(b', ['a', '$(b)']],
  ])('stays in its word as it is written: %s', (text, expected) => {
    expect(words(text)).toEqual([expected]);
  });
});

describe('a case', () => {
  test.each([
    ['has commands behind its patterns', 'case $x in a) b ;; c|d) e; f ;; esac; g', ['case $x in', 'b', 'e', 'f', 'g']],
    ['has patterns in parentheses', 'case $x in (a) b ;; (c|d) e ;; esac; g', ['case $x in', 'b', 'e', 'g']],
    ['has patterns in lines', 'case $x in\n  a)\n    b\n    ;;\n  *) c ;;\nesac\ng', ['case $x in', 'b', 'c', 'g']],
    ['ends without a last mark', 'case $x in a) b\nesac\nc; d', ['case $x in', 'b', 'c', 'd']],
    ['may be empty', 'case $x in esac; a b', ['case $x in', 'a b']],
    [
      'may stand in another',
      'case a in b) case c in d) e ;; esac ;; f) g ;; esac; h',
      ['case a in', 'case c in', 'e', 'g', 'h'],
    ],
    ['may stand in a condition', 'if a; then case b in c) d ;; esac; fi; e', ['a', 'case b in', 'd', 'e']],
    ['may hold a condition', 'case a in b) if c; then d; fi ;; e) f ;; esac; g', ['case a in', 'c', 'd', 'f', 'g']],
    ['has a pattern behind each mark alone', 'case a in b) c; d ;; e) f ;; esac', ['case a in', 'c', 'd', 'f']],
    ['is over at its end', 'case a in b) c ;; esac; d ;; e) f', ['case a in', 'c', 'd', 'e', 'f']],
    ['is over at its end without a last mark', 'case a in b) c; esac; d ;; e; f', ['case a in', 'c', 'd', 'e', 'f']],
    ['is none where it is an argument', 'a case in b) c', ['a case in b', 'c']],
    ['is not the "in" of a loop', 'for x in case; do a; done', ['for x in case', 'a']],
    [
      'has no pattern that is an argument',
      'case a in b) echo esac ;; sudo) c ;; esac',
      ['case a in', 'echo esac', 'c'],
    ],
    ['does not begin with its end', 'esac; case a in b) c ;; d) e ;; esac', ['case a in', 'c', 'e']],
  ])('%s', (_, text, expected) => {
    expect(words(text).map((one) => one.join(' '))).toEqual(expected);
  });

  test('tells the lines of its commands', () => {
    expect(lines('case $x in\n  a)\n    b ;;\n  c) d\n    e\nesac\nf')).toEqual([
      '1: case $x in',
      '3: b',
      '4: d',
      '5: e',
      '7: f',
    ]);
  });
});
