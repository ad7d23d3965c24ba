import { parse } from 'yaml';
import { readPlainYaml } from '../../../../src/rules/parse/plain-yaml';

/** One value of a mapping, and what YAML takes it for. */
test.each<[string, unknown]>([
  ['b', 'b'],
  ['b c', 'b c'],
  ['B', 'B'],
  ['/srv/b', '/srv/b'],
  ['.git', '.git'],
  ['.git', '.git'],
  ['.git', '.git'],
  ['+g', '+g'],
  ['-g', '-g'],
  ['-G', '-G'],
  ['b:c', 'b:c'],
  ['b#c', 'b#c'],
  ['b, [c] {d} "e" \'f\' & * ! % @ ` ~', 'b, [c] {d} "e" \'f\' & * ! % @ ` ~'],
  ['https://shop.example.com:8443/#a', 'https://shop.example.com:8443/#a'],
  ['12:30', '12:30'],
  ['10m', '10m'],
  ['8.4-trixie', '8.4-trixie'],
  ['trueish', 'trueish'],
  ['nothing', 'nothing'],
  ['and so on...', 'and so on...'],
  ['untrue', 'untrue'],
  ['on it', 'on it'],
  ['truest', 'truest'],
  ['true', true],
  ['false', false],
  ['0', 0],
  ['7', 7],
  ['10', 10],
  ['123456789012345', 123456789012345],
  ['{}', {}],
  ['[]', []],
  ['""', ''],
  ["''", ''],
  ['"b c: d # e"', 'b c: d # e'],
  [`"it's"`, `it's`],
  ['"true"', 'true'],
  ['"1"', '1'],
  ['"b \\"c\\" \\\\ \\/ \\b\\f\\n\\r\\t"', 'b "c" \\ / \b\f\n\r\t'],
  [`'it''s'`, `it's`],
  [`'a''''b'`, `a''b`],
  [`'say "b" \\n: # c'`, 'say "b" \\n: # c'],
  [`'1'`, '1'],
])('the value %s is read', (text, value) => {
  expect(parse(`a: ${text}`)).toEqual({ a: value });
  expect(readPlainYaml(`a: ${text}`)).toEqual({ a: value });
  expect(readPlainYaml(`- ${text}\n`)).toEqual([value]);
});

test.each([
  ...['b # c', 'b: c', 'b:', '"b', 'b"c: d"', '"b" c', '"b""c"', '"b\\u0041"', '"b\\x41"', '"b\\', "'b", "'b' c"],
  ...[
    "'b'c'",
    '&b c',
    '*b',
    '!b c',
    '!!str b',
    '>',
    '>-',
    '|-',
    '|+',
    '|2',
    '| # b',
    '@b',
    '`b',
    '%b',
    '? b',
    '~',
    ',',
  ],
  ...['{b: c}', '[b]', '{', '[', ']', '}', '#b', '=', '<<', '- b', '-', '--', '-_', '*', '!', ':b', '{} b', '[] b'],
  ...['true ', 'True', 'TRUE', 'False', 'null', 'Null', 'NULL', 'yes', 'Yes', 'no', 'NO', 'on', 'On', 'off', 'Off'],
  ...['y', 'Y', 'n', 'N', '.inf', '.Inf', '-.inf', '+.INF', '.nan', '.NaN'],
  ...['1.5', '.5', '-1', '+1', '01', '007', '0x1f', '0XAB', '0o7', '1e3', '1E+3', '1_000', '2001-01-01', '1.2.3'],
  ...['1234567890123456', '-', '+', '.', '-b', '-F', 'b\tc', '\tb', '\u00e9', '\u007f', 'b\r'],
])('the value %j is left to a reader of the whole of YAML', (text) => {
  expect(readPlainYaml(`a: ${text}\n`)).toBeUndefined();
});

test.each([
  ['a: b\nc: d\n'],
  ['a:\n  b: c\nd: e'],
  ['a:\n  b:\n    c: d\n    e: f\n  g: h\n'],
  ['a:\n  - b\n  - c\nd: e\n'],
  ['a:\n  - b: c\n    d: e\n  - f: g\n'],
  ['- a\n- b\n'],
  ['- a: b\n  c: d\n- e\n- f:\n    g: h\n    i: j\n  k: l\n'],
  ['- a:\n    - b\n    - c\n'],
  ['# a\n\nb: c\n\n# d\ne: f\n'],
  ['#a\nb:\n#c\n\n  d: e\n'],
  ['a.b/c-d_e$9: f\n$g: h\n_i: j\nZ: k\n'],
  ['true_: b\nonly: c\nnobody: d\n'],
  ['a: |\n  b\n'],
  ['a: |\n  b\nc: d\n'],
  ['a: |\n  b\n    c\n   d\n  e: f\n  - g\n'],
  ['a: |\n    b\n    c\nd:\n  e: |\n    f\n  g: h\n'],
  ['- a: |\n    b\n  c: d\n'],
  ['# a\n\nb: |\n  c\n'],
  ['\n\na: |\n  b\n'],
])('%j is read', (text) => {
  expect(readPlainYaml(text)).toBeDefined();
  expect(readPlainYaml(text)).toEqual(parse(text));
});

test.each([
  ['nothing', ''],
  ['comments alone', '# a\n'],
  ['empty lines alone', '\n\n'],
  ['a value alone', 'a\n'],
  ['a blank at the end of a line', 'a: b \n'],
  ['a blank line', 'a: b\n  \nc: d\n'],
  ['a directive', '%YAML 1.2\n---\na: b\n'],
  ['a mark at the beginning', '---\na: b\n'],
  ['a mark at the end', 'a: b\n...\n'],
  ['a mark in a text', 'a: |\n  b\n...\n'],
  ['an indented comment', 'a: b\n  # c\n'],
  ['a line that goes on', 'a: b\n  c\n'],
  ['a line that goes on as a pair', 'a: b\n  c: d\n'],
  ['a value that goes on in a list', '- a\n  b\n'],
  ['an empty mapping with more in it', 'a: {}\n  b: c\n'],
  ['a key without a value', 'a:\n'],
  ['a key without a value before another', 'a:\nb: c\n'],
  ['a list no further in than its key', 'a:\n- b\n'],
  ['a mapping further in than usual', 'a:\n    b: c\n'],
  ['a mapping less far in than usual', 'a:\n b: c\n'],
  ['a first line that is indented', '  a: b\n'],
  ['a pair further out than the one before', 'a:\n  b: c\n d: e\n'],
  ['a pair further in than the one before', '- a: b\n   c: d\n'],
  ['a pair less far in than its item', '- a: b\n c: d\n'],
  ['a pair after a list', '- a\nb: c\n'],
  ['a pair with a longer name after a list', '- a\nname: c\n'],
  ['a text with a dash after a list', '- a\nname - c\n'],
  ['an item after a pair', 'a: b\n- c\n'],
  ['a list in a list', '- - a\n'],
  ['an item without a value', '-\n'],
  ['an item behind two blanks', '-  a\n'],
  ['a pair behind two blanks', '-  a: b\n'],
  ['a value behind two blanks', 'a:  b\n'],
  ['a key twice', 'a: b\na: c\n'],
  ['a key twice further in', 'a:\n  b: c\n  b: c\n'],
  ['a key twice in an item', '- a: b\n  a: c\n'],
  ['a key before a blank', 'a : b\n'],
  ['a key with a blank', 'a b: c\n'],
  ['a key in quotes', '"a": b\n'],
  ['a key that is a number', '1: b\n'],
  ['a key that is true', 'true: b\n'],
  ['a key that is on', 'On: b\n'],
  ['a key that is null', 'null: b\n'],
  ['a key that is a letter for yes', 'y: b\n'],
  ['a key that is more than a name', '__proto__: b\n'],
  ['a key that merges', '<<: b\n'],
  ['a text without a line', 'a: |\n'],
  ['a text no further in than its key', 'a: |\nb: c\n'],
  ['a text in an item no further in than its key', '- a: |\n  b\n'],
  ['a text that does not end with a line break', 'a: |\n  b'],
  ['a text with an empty line', 'a: |\n  b\n\n  c\n'],
  ['a text with an empty line at its end', 'a: |\n  b\n\n'],
  ['a text with an empty line at its beginning', 'a: |\n\n  b\n'],
  ['a text with a comment', 'a: |\n  b\n#c\n'],
  ['a text before a comment', 'a: |\n  b\n# c\nd: e\n'],
  ['a text before less than its key', 'a:\n  b: |\n    c\n d: e\n'],
  ['a text that goes further out', 'a: |\n    b\n  c\n'],
  ['a text of an item', '- |\n  a\n'],
  ['a letter beyond ASCII in a text', 'a: |\n  \u00fc\n'],
  ['the line ends of Windows', 'a: b\r\nc: d\r\n'],
  ['a tab', 'a:\n\tb: c\n'],
])('%s is left to a reader of the whole of YAML', (_, text) => {
  expect(readPlainYaml(text)).toBeUndefined();
});

test('an error that is not about the text is not swallowed', () => {
  const parsed = jest.spyOn(JSON, 'parse').mockImplementation(() => {
    throw new RangeError('no memory');
  });
  try {
    expect(() => readPlainYaml('a: "b"\n')).toThrow('no memory');
  } finally {
    parsed.mockRestore();
  }
});
