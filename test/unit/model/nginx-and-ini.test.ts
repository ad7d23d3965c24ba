import { block, comment, directive, directivesOf, renderIni, renderNginx } from '../../../src/model';
import { errorOf } from '../synth/support';

test('a file of nginx is written like this', () => {
  const text = renderNginx([
    directive('daemon', 'off'),
    block(
      'http',
      [],
      [comment('Limits'), directive('client_max_body_size', '1m'), block('server', [], [directive('listen', 8080)])],
    ),
    directive('log_format', 'json', '{"a":"$b"}'),
  ]);
  expect(text).toMatchInlineSnapshot(`
"daemon off;

http {
  # Limits
  client_max_body_size 1m;

  server {
    listen 8080;
  }
}

log_format json '{"a":"$b"}';
"
`);
});

test('the directives of a file are found at every depth', () => {
  const nodes = [
    block('http', [], [block('server', [], [directive('listen', 1), comment('x')])]),
    directive('daemon', 'off'),
  ];
  expect(directivesOf(nodes)).toEqual(['daemon', 'http', 'listen', 'server']);
});

test.each([
  ['a;b', '"a;b"'],
  ['a b', '"a b"'],
  ['', '""'],
  ['#a', '"#a"'],
  ['a{b}', '"a{b}"'],
  ["it's", '"it\'s"'],
  ['~*\\.php$', '~*\\.php$'],
])('the argument %s is written %s', (argument, written) => {
  expect(renderNginx([directive('x', argument)])).toBe(`x ${written};\n`);
});

test.each(['a\nb', '"\'', '\0', '"\\', '`'])('the argument %j has no safe form and is refused', (argument) => {
  expect(errorOf(() => renderNginx([directive('x', argument)])).type).toBe('TEMPLATE_ERROR');
});

test.each(['', 'a b', 'a;', 'A', '}'])('%j is no directive', (name) => {
  expect(errorOf(() => renderNginx([directive(name)])).type).toBe('TEMPLATE_ERROR');
});

test.each([
  [true, 'On'],
  [false, 'Off'],
  [0, '0'],
  ['128M', '128M'],
  ['on', '"on"'],
  ['none', '"none"'],
  ['a b', '"a b"'],
  ['a=b', '"a=b"'],
  ['', '""'],
])('the setting %j of PHP is written %s', (value, written) => {
  expect(renderIni('x', [{ settings: [['a.b', value]] }])).toBe(`; x\n\na.b = ${written}\n`);
});

test.each(['a\nb', '"', ';', '${a}', '[a]', '{', '\\', "'"])('the value %j of a setting is refused', (value) => {
  expect(errorOf(() => renderIni('x', [{ settings: [['a', value]] }])).details[0]?.where).toBe('ini: a');
});

test.each(['a b', 'a=b', '', '[a]', 'a\n', '1a'])('%j is no setting of PHP', (name) => {
  expect(errorOf(() => renderIni('x', [{ settings: [[name, 1]] }])).type).toBe('TEMPLATE_ERROR');
});

test('a section has a plain name', () => {
  expect(renderIni('x', [{ name: 'www', settings: [] }])).toBe('; x\n\n[www]\n');
  expect(errorOf(() => renderIni('x', [{ name: 'a]\n[b', settings: [] }])).type).toBe('TEMPLATE_ERROR');
});
