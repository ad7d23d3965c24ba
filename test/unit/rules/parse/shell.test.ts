import fc from 'fast-check';
import { invocations, parseShell } from '../../../../src/rules/parse/shell';

/** Programs with their arguments, in the order in which they are found. */
function programs(text: string): string[] {
  return invocations(parseShell(text)).map(({ program, args }) => [program, ...args].join(' '));
}

test.each([
  ['commands in a row', 'a 1; b 2 && c || d & e', ['a 1', 'b 2', 'c', 'd', 'e']],
  ['continued lines', 'a \\\n  --one \\\n\t--two', ['a --one --two']],
  ['quotes', `a 'b c' "d e" f\\ g "h"'i'`, ['a b c d e f g hi']],
  ['comments', '# sudo a\nb # sudo c\nd#e', ['b', 'd#e']],
  [
    'conditions and loops',
    'if a; then b; else c; fi; while d; do e; done; ! f; { g; }',
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
  ],
  [
    'patterns of case, which are no programs',
    'case $x in sudo) a ;; b | c) d ;; esac; e',
    ['case $x in', 'a', 'd', 'e'],
  ],
  ['functions', 'f() { a; }\nf', ['f', 'a', 'f']],
  ['assignments in front', 'A=1 B="2 3" a C=4', ['a C=4']],
  ['programs in substitutions', 'a "$(b "$(c)")" `d`', ['c', 'b $(c)', 'd', 'a $(b "$(c)") `d`']],
  [
    'programs behind others',
    'exec env -u X Y=z nice -n 5 /usr/bin/a b',
    [
      'exec env -u X Y=z nice -n 5 /usr/bin/a b',
      'env -u X Y=z nice -n 5 /usr/bin/a b',
      'nice -n 5 /usr/bin/a b',
      'a b',
    ],
  ],
  [
    'programs of find and xargs',
    'find . -name x -exec a {} + | xargs -0 b c',
    ['find . -name x -exec a {} +', 'a {} +', 'xargs -0 b c', 'b c'],
  ],
  ['scripts of a shell', `bash -ec 'a; b "$C"'`, ['bash -ec a; b "$C"', 'a', 'b $C']],
  ['documents that are text', 'cat <<EOF >f\nsudo a\nEOF\nb', ['cat', 'b']],
  ['documents that are scripts', 'sh <<-"EOF"\n\ta\n\tEOF\n', ['sh', 'a']],
  ['a question whether a program is there', 'command -v sudo', ['command -v sudo']],
])('finds the programs of %s', (_, text, expected) => {
  expect(programs(text)).toEqual(expected);
});

test('says where a command stands, what it writes to, and whether its output goes on', () => {
  const [first, second] = parseShell('\n# one\na b >/etc/passwd 2>&1 |\n  c <<EOF\ntext\nEOF\n');
  expect(first).toMatchObject({
    line: 3,
    piped: true,
    redirects: [
      { operator: '>', target: '/etc/passwd' },
      { operator: '>&', target: '1' },
    ],
  });
  expect(second).toMatchObject({ line: 4, piped: false, documents: ['text'] });
});

test('reads any text to its end, and a program after it is found', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...`'"\\\`$(){}<>|&;#\n \tabEOF!=-`) }),
  );
  fc.assert(
    fc.property(text, (before) => {
      expect(() => programs(before)).not.toThrow();
      // Unless the text left a quotation, a comment, a document or the like open.
      fc.pre(/^[ab\n ;&|]*$/.test(before));
      expect(programs(`${before}\nsudo x`)).toContain('sudo x');
    }),
    { numRuns: 2000 },
  );
});
