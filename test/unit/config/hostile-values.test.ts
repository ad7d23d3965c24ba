import type { ImageProps } from '../../../src';
import { problemsOfShop } from '../image/support';

/** Characters that mean something else than themselves in one of the generated grammars. */
const HOSTILE: ReadonlyArray<readonly [name: string, character: string]> = [
  ['a line break', '\n'],
  ['a carriage return', '\r'],
  ['a line separator', '\u2028'],
  ['a NUL', '\0'],
  ['a control character', '\u001b'],
  ['an invisible character', '\u202e'],
  ['a byte order mark', '\ufeff'],
  ['a double quote', '"'],
  ['a backquote', '`'],
  ['a backslash', '\\'],
  ['a dollar sign', '$'],
  ['half a surrogate pair', '\ud800'],
];

/** Every option that takes free or half-free text, with the text in its place. */
const PLACES: ReadonlyArray<readonly [path: string, props: (text: string) => Partial<ImageProps>]> = [
  ['php.timezone', (text) => ({ php: { version: '8.4', timezone: `Europe/${text}Prague` } })],
  ['php.memoryLimit', (text) => ({ php: { version: '8.4', memoryLimit: `128M${text}` } })],
  ['php.ini.session.name', (text) => ({ php: { version: '8.4', ini: { 'session.name': `a${text}b` } } })],
  ['php.ini', (text) => ({ php: { version: '8.4', ini: { [`session.${text}name`]: 'ID' } } })],
  ['php.extensions.0', (text) => ({ php: { version: '8.4', extensions: [`redis${text}`] } })],
  ['php.version', (text) => ({ php: `8.4${text}` })],
  ['nginx.serverNames.0', (text) => ({ nginx: { serverNames: [`www${text}.example.com`] } })],
  ['nginx.headers.X-Mine', (text) => ({ nginx: { headers: { 'X-Mine': `a${text}b` } } })],
  ['nginx.headers', (text) => ({ nginx: { headers: { [`X-${text}Mine`]: 'a' } } })],
  ['nginx.documentRoot', (text) => ({ nginx: { documentRoot: `/var/www${text}/html` } })],
  ['nginx.entryPoints.0', (text) => ({ nginx: { entryPoints: [`/index${text}.php`] } })],
  ['nginx.clientMaxBodySize', (text) => ({ nginx: { clientMaxBodySize: `1${text}M` } })],
  ['nginx.trustedProxies.0', (text) => ({ nginx: { trustedProxies: [`10.0.0.0/8${text}`] } })],
  ['nginx.tls.certificate', (text) => ({ nginx: { tls: { certificate: `/tls${text}`, key: '/key', port: 8443 } } })],
  ['nginx.tls.key', (text) => ({ nginx: { tls: { certificate: '/crt', key: `/tls${text}`, port: 8443 } } })],
  ['security.user', (text) => ({ security: { user: `app${text}` } })],
  ['security.group', (text) => ({ security: { group: `app${text}` } })],
  ['volumes.0', (text) => ({ volumes: [`/data${text}`] })],
];

const CASES = PLACES.flatMap(([path, props]) =>
  HOSTILE.map(([name, character]) => [path, name, props, character] as const),
);

test.each(CASES)('%s with %s is refused, and the option is named', (path, _, props, character) => {
  // WHEN
  const problems = problemsOfShop(props(character));
  // THEN
  expect(problems).not.toEqual([]);
  problems.forEach(({ where, what, next }) => {
    expect(where).toBe('shop');
    expect(what.startsWith(path)).toBe(true);
    expect(next).not.toBe('');
  });
});

test.each(PLACES)('%s is accepted without them', (_, props) => {
  expect(problemsOfShop(props(''))).toEqual([]);
});

test('a single quote is refused in php.ini and accepted in a header, where Content-Security-Policy needs it', () => {
  expect(problemsOfShop({ php: { version: '8.4', ini: { 'session.name': "'" } } })).toHaveLength(1);
  expect(problemsOfShop({ nginx: { headers: { 'X-Mine': "default-src 'self'" } } })).toEqual([]);
});

test.each(['a;b', 'a{b', '${HOME}', 'a]b'])('the value %s, which php.ini would read otherwise, is refused', (value) => {
  expect(problemsOfShop({ php: { version: '8.4', ini: { 'session.name': value } } })).toHaveLength(1);
});

test('the problem of a long value shows its beginning', () => {
  const [problem] = problemsOfShop({ nginx: { documentRoot: 'x'.repeat(10_000) } });
  expect(problem?.what.length).toBeLessThan(200);
});
