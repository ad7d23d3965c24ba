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

test('a block stands apart with its comments, and what follows a comment does not', () => {
  const text = renderNginx([
    directive('a', 1),
    directive('b', 2),
    comment('of c'),
    comment('it is long'),
    block('c', ['x', 'y'], []),
    directive('d', 3),
    comment('of e'),
    directive('e', 4),
    comment('the end'),
  ]);
  expect(text).toMatchInlineSnapshot(`
   "a 1;
   b 2;

   # of c
   # it is long
   c x y {
   }

   d 3;
   # of e
   e 4;
   # the end
   "
  `);
  expect(renderNginx([block('a', [], []), block('b', [], [comment("it's $x")])])).toMatchInlineSnapshot(`
   "a {
   }

   b {
     # it's $x
   }
   "
  `);
});

test.each(['a\nb', '"', '\0'])('the comment %j is refused', (text) => {
  expect(errorOf(() => renderNginx([comment(text)])).details[0]).toMatchObject({ where: 'nginx: comment' });
  expect(errorOf(() => renderIni('x', [{ comment: text, settings: [] }])).details[0]).toMatchObject({
    where: 'ini: comment',
  });
  expect(errorOf(() => renderIni(text, [])).details[0]).toMatchObject({ where: 'ini: comment' });
});

test('what is wrong with a file of nginx or PHP is told by its place', () => {
  expect(errorOf(() => renderNginx([directive('A b')])).details[0]).toMatchObject({ where: 'nginx' });
  expect(errorOf(() => renderNginx([directive('a', '\0')])).details[0]).toMatchObject({ where: 'nginx: a' });
  expect(errorOf(() => renderNginx([directive('a', '"\'')])).details[0]).toMatchObject({ where: 'nginx: a' });
  expect(errorOf(() => renderIni('x', [{ name: ']', settings: [] }])).details[0]).toMatchObject({ where: 'ini' });
  expect(errorOf(() => renderIni('x', [{ settings: [['1', 1]] }])).details[0]).toMatchObject({ where: 'ini' });
});

test('sections of an ini file follow each other, each below its comment', () => {
  const text = renderIni("it's a header", [
    { comment: "it's a comment", name: 'www', settings: [['env[OWN_1]', 'x']] },
    { settings: [['error_reporting', 'E_ALL & ~E_DEPRECATED']] },
  ]);
  expect(text).toMatchInlineSnapshot(`
   "; it's a header

   ; it's a comment
   [www]
   env[OWN_1] = x

   error_reporting = E_ALL & ~E_DEPRECATED
   "
  `);
});

test.each(['env[1]', 'env[a b]', 'env[a', 'x env[a]', 'env[]'])('%j is no setting of a pool', (name) => {
  expect(errorOf(() => renderIni('x', [{ settings: [[name, 1]] }])).type).toBe('TEMPLATE_ERROR');
});
