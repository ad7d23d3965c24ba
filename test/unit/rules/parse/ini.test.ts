import { isOff, isOn, parseIni } from '../../../../src/rules/parse/ini';

/** Settings in short: `1: [php] name=value`, with the section where there is one. */
function settings(text: string): string[] {
  return parseIni(text).map(
    ({ line, section, name, value }) => `${line}: ${section === '' ? '' : `[${section}] `}${name}=${value}`,
  );
}

describe('a setting', () => {
  test.each([
    ['of a name and a value', 'memory_limit=128M', ['memory_limit', '128M']],
    ['with blanks before and behind', '  memory_limit = 128M  ', ['memory_limit', '128M']],
    ['with blanks behind alone', 'memory_limit=128M \t', ['memory_limit', '128M']],
    ['with blanks before and within', '\t access.format = %m  %r', ['access.format', '%m  %r']],
    ['with blanks before, and in its quotes', ' access.format = "%m  %r"', ['access.format', '%m  %r']],
    ['with tabs before and behind', '\t\tmemory_limit=\t128M\t', ['memory_limit', '128M']],
    ['with a tab before its sign', 'memory_limit\t= 64M', ['memory_limit', '64M']],
    ['with a blank that is none for PHP', '\u00a0open_basedir = /srv', ['\u00a0open_basedir', '/srv']],
    ['without a value', 'open_basedir =', ['open_basedir', '']],
    ['with a comment behind its value', 'memory_limit = 128M \t; enough', ['memory_limit', '128M']],
    ['with a comment right behind its value', 'memory_limit = 128M;enough; more', ['memory_limit', '128M']],
    ['with quotes in a comment', `memory_limit = 128M ; it's "enough`, ['memory_limit', '128M']],
    ['with blanks within its value', 'access.format = %m %r', ['access.format', '%m %r']],
    ['with brackets within its value', 'a = b[c]', ['a', 'b[c]']],
    ['with a dot', 'opcache.enable=1', ['opcache.enable', '1']],
    ['with an offset', 'php_admin_value[error_log] = /dev/stderr', ['php_admin_value[error_log]', '/dev/stderr']],
    ['with blanks in its offset', 'php_admin_value [ error_log ]\t= x', ['php_admin_value[error_log]', 'x']],
    ['with an empty offset', 'a[] = b', ['a[]', 'b']],
    ['with an equals sign in its offset', 'env[a=b] = c', ['env[a=b]', 'c']],
    ['in double quotes', 'a = "b c"', ['a', 'b c']],
    ['in single quotes', `a = 'b c'`, ['a', 'b c']],
    ['in empty quotes', `a = ""`, ['a', '']],
    ['in empty single quotes', `a = ''`, ['a', '']],
    ['in quotes, with a comment', `a = "b" \t; "c"`, ['a', 'b']],
    ['in single quotes, with a comment', `a = 'b';'c'`, ['a', 'b']],
    ['in quotes, with a semicolon', `a = "b;c" ; d`, ['a', 'b;c']],
    ['in single quotes, with a semicolon', `a = 'b;c'`, ['a', 'b;c']],
    ['in quotes, with others', `a = "it's"`, ['a', `it's`]],
    ['in single quotes, with others', `a = 'say "b"'`, ['a', 'say "b"']],
    ['in quotes, with quotes behind backslashes', 'a = "b \\"c\\" \\\\d"', ['a', 'b "c" \\d']],
    ['in quotes, with other backslashes', 'a = "b\\n\\c"', ['a', 'b\\n\\c']],
    ['in single quotes, with a backslash', `a = 'b\\'`, ['a', 'b\\']],
    ['whose name is a number', '1 = a', ['1', 'a']],
    ['whose name has a blank', 'a b = c', ['a b', 'c']],
  ])('%s', (_, text, expected) => {
    expect(parseIni(text).map(({ name, value }) => [name, value])).toEqual([expected]);
  });

  test.each([
    ['in lines one after another', 'a=1\nb=2\n\nc=3\n', ['1: a=1', '2: b=2', '4: c=3']],
    ['in lines with each end that there is', 'a=1\r\nb=2\rc=3\n\rd=4', ['1: a=1', '2: b=2', '3: c=3', '5: d=4']],
    ['between comments and empty lines', '; a=1\n \t\n  ; b\nc=2\n;\n', ['4: c=2']],
    ['in sections', 'a=1\n[www]\nb=2\n[global]\nc=3', ['1: a=1', '3: [www] b=2', '5: [global] c=3']],
    ['in a section that has blanks', '[ www ] \na=1', ['2: [www] a=1']],
    ['in a section that has a comment', '[www]\t ; [global]\na=1\n[x];\nb=1', ['2: [www] a=1', '4: [x] b=1']],
    ['in a section of a path', '[PATH=/var/www/html]\na=1', ['2: [PATH=/var/www/html] a=1']],
    ['twice', 'a=1\na=2', ['1: a=1', '2: a=2']],
    ['behind names alone, which set nothing', 'a\nd=1', ['2: d=1']],
    ['in no text', '', []],
  ])('is listed with its section and line: %s', (_, text, expected) => {
    expect(settings(text)).toEqual(expected);
  });
});

test.each([
  ['no name', 'a=1\n=b', 'line 2: neither'],
  ['a section that is not closed', 'a=1\n\n[www', 'line 3: neither'],
  ['a section without a name', '[]', 'line 1: neither'],
  ['a section and more', '[www] a=1', 'line 1: neither'],
  ['a section before a section', '[www][global]', 'line 1: neither'],
  ['a section with a quote', `[w'w]`, 'line 1: neither'],
  ['a section with a double quote', '[w"w]', 'line 1: neither'],
  ['a section with a backslash', '[w\\w]', 'line 1: neither'],
  ['a section with a variable', '[${w}]', 'line 1: neither'],
  ['a section with a NUL', '[w\0w]', 'line 1: neither'],
  ['a name before a section', 'a [www]=\na]=1', 'line 2: neither'],
  ['a name with a variable', '${a}=1', 'line 1: neither'],
  ['a name in quotes', '"a"=1', 'line 1: neither'],
  ['a name in single quotes', `'a'=1`, 'line 1: neither'],
  ['a name with a semicolon', 'a;b=1', 'line 1: neither'],
  ['a name with an operator', 'a|b=1', 'line 1: neither'],
  ['a name with an ampersand', 'a&b=1', 'line 1: neither'],
  ['a name with a caret', 'a^b=1', 'line 1: neither'],
  ['a name with a tilde', '~a=1', 'line 1: neither'],
  ['a name with parentheses', 'a(b)=1', 'line 1: neither'],
  ['a name with braces', 'a}=1', 'line 1: neither'],
  ['a name with an exclamation mark', '!a=1', 'line 1: neither'],
  ['a name with a NUL', 'a\0=1', 'line 1: neither'],
  ['an offset that is not closed', 'a[b=1', 'line 1: neither'],
  ['an offset and a word', 'a[b]c=1', 'line 1: neither'],
  ['an offset with a quote', `a['b']=1`, 'line 1: neither'],
  ['an offset with a double quote', 'a["b"]=1', 'line 1: neither'],
  ['an offset with a backslash', 'a[\\b]=1', 'line 1: neither'],
  ['an offset with a semicolon', 'a[;b]=1', 'line 1: neither'],
  ['an offset with a variable', 'a[${b}]=1', 'line 1: neither'],
  ['an offset with a NUL', 'a[\0]=1', 'line 1: neither'],
  ['a quote without its pair', 'a=1\nb="c', 'line 2: a quotation mark'],
  ['a single quote without its pair', `a=\n\nb='c`, 'line 3: a quotation mark'],
  ['a quote over two lines', 'a="b\nc"', 'line 1: a quotation mark'],
  ['a value put together of parts', 'a="b" "c"', 'line 1: a quotation mark'],
  ['a value before a quote', 'a=b "c"', 'line 1: a quotation mark'],
  ['a value behind a quote', `a='b' c`, 'line 1: a quotation mark'],
  ['a quote whose pair has a backslash', 'a="b\\"', 'line 1: a quotation mark'],
  ['a comment of another kind, with a quote', `# it's=1'`, 'line 1: neither'],
])('refuses %s', (_, text, message) => {
  expect(() => parseIni(text)).toThrow(message);
});

test.each(['1', 'on', 'On', 'ON', 'true', 'yes', 'Yes'])('%s is on', (value) => {
  expect([isOn(value), isOff(value)]).toEqual([true, false]);
});

test.each(['0', 'off', 'Off', 'false', 'no', 'NO', 'none', 'null', ''])('%j is off', (value) => {
  expect([isOn(value), isOff(value)]).toEqual([false, true]);
});

test.each(['2', '10', '01', '00', 'only', 'phone', 'offset', 'not', 'eyes', 'truest', 'untrue', 'nullable', ' '])(
  '%j is neither on nor off',
  (value) => {
    expect([isOn(value), isOff(value)]).toEqual([false, false]);
  },
);
