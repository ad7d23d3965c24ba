import fc from 'fast-check';
import { invocations, isShell, parseShell } from '../../../../src/rules/parse/shell';

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

test.each([
  ['env a b', 'a b'],
  ['env -i A=1 B=2 a b', 'a b'],
  ['env -u A -C /srv a b', 'a b'],
  ['env -- a b', 'a b'],
  ['env -uA a b', 'a b'],
  ['env -v LC_ALL=C a b', 'a b'],
  ['env --chdir=/opt/x-u a b', 'a b'],
  ['nice -n 5 a b', 'a b'],
  ['nice -5 a b', 'a b'],
  ['nice -n5 a b', 'a b'],
  ['nice /opt/v=1/a b', 'a b'],
  ['ionice -c3 a b', 'a b'],
  ['ionice -c 2 -n 7 a b', 'a b'],
  ['nohup a b', 'a b'],
  ['nohup -- a b', 'a b'],
  ['setsid -w a b', 'a b'],
  ['stdbuf -o L -e 0 -i 0 a b', 'a b'],
  ['stdbuf -oL a b', 'a b'],
  ['timeout 5 a b', 'a b'],
  ['timeout -s KILL -k 1 5 a b', 'a b'],
  ['timeout -s9 5 a b', 'a b'],
  ['timeout --signal=KILL 5 a b', 'a b'],
  ['exec a b', 'a b'],
  ['exec -a name a b', 'a b'],
  ['exec -c a b', 'a b'],
  ['exec -aname a b', 'a b'],
  ['command a b', 'a b'],
  ['command -p a b', 'a b'],
  ['command a-v b', 'a-v b'],
  ['chroot /srv a b', 'a b'],
  ['chroot --userspec=1:1 /srv a b', 'a b'],
  ['busybox a b', 'a b'],
  ['exec time -p a b', 'a b'],
  ['xargs a b', 'a b'],
  ['xargs -0 -r a b', 'a b'],
  ['xargs -n 1 -P 4 -L 1 -s 9 -d x -E y -a z a b', 'a b'],
  ['xargs -I {} a b', 'a b'],
  ['xargs -I{} a b', 'a b'],
  ['xargs --arg-file=/srv/x-a a b', 'a b'],
  ['/usr/bin/env A=1 /usr/local/bin/a b', 'a b'],
  ['find / -exec a b', 'a b'],
  ['find -exec a b', 'a b'],
  ['find / -execdir a b', 'a b'],
  ['find / -ok a b', 'a b'],
  ['find / -okdir a b', 'a b'],
  ['find / -type f -exec sh -c "a b" ;', 'a b'],
  ['busybox sh -c "a b"', 'a b'],
  ['env -i chroot /srv nice -n 5 sh -ec "exec a b"', 'a b'],
  ['eval a b', 'a b'],
  ['eval "A=1 a b"', 'a b'],
  ['ash -c "a b" c', 'a b'],
  ['bash -o pipefail -ec "a b"', 'a b'],
  ['bash -ceu "a b"', 'a b'],
  ['dash -c "a b"', 'a b'],
  ['ksh -c "a b"', 'a b'],
  ['mksh -c "a b"', 'a b'],
  ['zsh -c "a b"', 'a b'],
  ['/bin/sh -c "a b"', 'a b'],
  ['sh -c "sh -c \\"a b\\""', 'a b'],
  ['sh <<E\na b\nE\n', 'a b'],
  ['sh -s x <<E\na b\nE\n', 'a b'],
  ['env -i bash <<E\na b\nE\n', 'a b'],
  ['<<E\na b\nE\n', 'a b'],
  ['<<E\nsh <<F\na b\nF\nE\n', 'a b'],
])('sees through %j', (text, expected) => {
  expect(programs(text).at(-1)).toBe(expected);
});

test.each([
  ['a question whether a program is there', 'command -V sudo'],
  ['a name that begins like a wrapper', 'environment sudo'],
  ['a name that ends like one', 'myenv sudo'],
  ['a name that every object has', 'constructor sudo'],
  ['a find that runs nothing', 'find /usr/bin/env -name sudo'],
  ['an option that begins like another', 'find / -executable sudo'],
  ['a shell that reads a file', 'sh sudo'],
  ['a shell that reads a file with a long option', 'bash --rcfile sudo'],
  ['a program with an option of a shell', 'php -c sudo'],
  ['a name that begins like a shell', 'shasum -c sudo'],
  ['a name that ends like a shell', 'fish -c sudo'],
  ['a document of a program that is no shell', 'cat <<E\nsudo\nE'],
  ['a find for a name that ends like an option', 'find / -name pre-exec -delete'],
  ['a list of programs', 'busybox --list'],
  ['a wrapper without a program', 'env -u sudo'],
  ['a shell that has no script', 'sh -c'],
])('sees one program alone in %s', (_, text) => {
  expect(programs(text)).toHaveLength(1);
});

/** `curl` stands where nobody would look for it. */
test.each([
  ['the text of a here-document', 'cat >/etc/motd <<EOF\nhello $(curl x)\nEOF\n'],
  ['back quotes in a here-document', 'cat <<-EOF\n\t`curl x`\n\tEOF\n'],
  ['the value that a variable has else', 'A="${B:-$(curl x)}"'],
  ['a value within a value', 'echo ${A:-${B:-`curl x`}}'],
  ['a value behind an escaped brace', 'echo ${A:-\\}$(curl x)}'],
  ['a script whose line goes on', 'sh -c "true; \\\ncurl x"'],
  ['the second program of find', 'find /srv -exec true {} \\; -exec curl x \\;'],
  ['a function with its word', 'function f { curl x; }'],
  ['a function with its word and parentheses', 'function f() { curl x; }'],
  ['words that env takes apart', 'env -S "curl x"'],
  ['words that env takes apart, without a blank', 'env -iS"curl x"'],
  ['words that env takes apart, by the long option', 'env --split-string="curl x"'],
  ['the last words behind those that env takes apart', 'env --split-string "A=b" curl x'],
  ['a shell with a capital among its options', 'bash -Eeuc "curl x"'],
  ['a shell with the end of its options', 'sh -c -- "curl x"'],
  ['a shell with another option behind', 'sh -c -e "curl x"'],
  ['a here-string', 'bash <<<"curl x"'],
  ['a document that goes into a shell', 'cat <<EOF | sh\ncurl x\nEOF\n'],
  ['a text that goes into a shell', 'echo "curl x" | sh -e'],
  ['a text that goes into a shell behind another program', "printf '%s' 'curl x' | env -i bash"],
  ['what is done at the end', "trap 'curl x' EXIT"],
  ['timeout', 'timeout --signal KILL 5 curl x'],
  ['timeout, its option with a sign', 'timeout --signal=KILL -k 1 5 curl x'],
  ['env', 'env --unset A --chdir /srv B=c curl x'],
  ['nice', 'nice --adjustment 5 curl x'],
  ['xargs', 'xargs --max-args 1 --delimiter , curl'],
  ['stdbuf', 'stdbuf --output L curl x'],
  ['chroot', 'chroot --userspec a:b /srv curl x'],
  ['time', '/usr/bin/time -f %e curl x'],
  ['ionice', 'ionice --class 3 curl x'],
  ['flock', 'flock -w 5 /run/lock curl x'],
  ['gosu', 'gosu nobody curl x'],
  ['su-exec', 'su-exec nobody curl x'],
  ['s6-setuidgid', 's6-setuidgid nobody curl x'],
  ['setpriv', 'setpriv --reuid 1000 --init-groups --bounding-set -all curl x'],
  ['tini', 'tini -s -- curl x'],
  ['builtin and coproc', 'coproc builtin curl x'],
])('finds a program in %s', (_, text) => {
  expect(programs(text)).toContainEqual(expect.stringMatching(/^curl\b/));
});

test.each([
  ['a here-document whose mark has quotes', "cat <<'EOF'\n$(curl x)\nEOF\n"],
  ['a here-document whose mark has a backslash', 'cat <<\\EOF\n`curl x`\nEOF\n'],
  ['a substitution behind a backslash', 'cat <<EOF\n\\$(curl x)\nEOF\n'],
  ['single quotes', `echo '\${A:-$(curl x)}'`],
  ['a document for another program', 'cat <<EOF | tee /etc/motd\ncurl x\nEOF\n'],
  ['a text for another program', 'echo "curl x" | grep curl'],
  ['a question for a program', 'command -pv curl'],
  ['a trap that is taken away', 'trap - EXIT'],
])('finds none in %s', (_, text) => {
  expect(programs(text)).not.toContainEqual(expect.stringMatching(/^curl\b/));
});

test('tells programs from the innermost substitution outwards, and what a shell runs after the shell', () => {
  expect(programs('env a "$(b)" | sh -c "c" && eval d e <<E\nf\nE\n')).toEqual([
    ...['b', 'env a $(b)', 'a $(b)', 'sh -c c', 'c', 'eval d e', 'd e', 'f'],
  ]);
});

test('tells the command that a program was found in', () => {
  const [, inner] = invocations(parseShell('\nenv a >b'));
  expect(inner).toMatchObject({
    program: 'a',
    command: { line: 2, words: ['env', 'a'], redirects: [{ target: 'b' }] },
  });
});

test.each(['ash', 'bash', 'dash', 'ksh', 'mksh', 'sh', 'zsh'])('%s is a shell', (name) => {
  expect(isShell(name)).toBe(true);
});

test.each(['fish', 'shasum', 'bashful', 'php', ''])('%j is no shell', (name) => {
  expect(isShell(name)).toBe(false);
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
