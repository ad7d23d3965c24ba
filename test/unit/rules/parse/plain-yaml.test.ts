import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { renderYaml } from '../../../../src/deploy/render-yaml';
import { readPlainYaml } from '../../../../src/rules/parse/plain-yaml';

const OUTPUT = join(__dirname, '../../../../output/nginx-php-fpm-8.4-debian');

/** Documents of the files that are written here. */
const DOCUMENTS = readdirSync(OUTPUT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => readFileSync(join(OUTPUT, name), 'utf8').split(/^---$/m));

/** The one with a text of several lines comes as often as all others. */
const ANY_DOCUMENT = fc.oneof(
  fc.constantFrom(...DOCUMENTS),
  fc.constantFrom(...DOCUMENTS.filter((text) => text.includes(': |\n'))),
);

/** What has a meaning in YAML, or once had. */
const PIECES = [
  ...[
    'a',
    'b',
    'a: |\n  b\n',
    ': |\n ',
    '\n\n',
    ': ',
    ':',
    ' #',
    '#',
    '- ',
    '-',
    '\n',
    '\n  ',
    '\n    ',
    ' ',
    '"',
    "'",
    '{}',
    '[]',
    '{',
    ']',
    ',',
    '&a',
  ],
  ...['*a', '!!str', '|', '>', '%', '@', '`', '?', '~', 'true', 'True', 'null', 'on', 'no', '1', '0x1', '1e3', '.5'],
  ...['-1', '1_000', '0o7', '12:30', '2001-01-01', '.inf', '<<', '=', '\\', '\t', '\u00e9', '\u2028', '__proto__', '$'],
];

function whole(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' });
  } catch {
    return 'no YAML';
  }
}

test('the YAML that is written here is read, as the library reads it', () => {
  expect(DOCUMENTS.length).toBeGreaterThan(5);
  for (const text of DOCUMENTS) {
    expect(readPlainYaml(text)).toBeDefined();
    expect(readPlainYaml(text)).toEqual(parse(text));
  }
});

test('whatever is read of a changed text, the library reads too', () => {
  const change = fc.record({
    text: ANY_DOCUMENT,
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    taken: fc.nat(6),
    put: fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join('')),
  });
  fc.assert(
    fc.property(change, ({ text, at, taken, put }) => {
      const place = Math.floor(at * text.length);
      const changed = text.slice(0, place) + put + text.slice(place + taken);
      const read = readPlainYaml(changed);
      return read === undefined || (expect(read).toEqual(whole(changed)), true);
    }),
    { numRuns: 3000 },
  );
});

test('whatever is read of short texts, the library reads too', () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const read = readPlainYaml(text);
      return read === undefined || (expect(read).toEqual(whole(text)), true);
    }),
    { numRuns: 5000 },
  );
});

test('what is written is what the library writes', () => {
  const text = fc.oneof(
    fc.stringMatching(/^[A-Za-z/$][A-Za-z0-9_.:=,{}/-]{0,12}$/),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join('')),
    fc.string(),
    fc.array(fc.stringMatching(/^[\x20-\x7e]{0,9}$/), { maxLength: 4 }).map((lines) => `${lines.join('\n')}\n`),
  );
  const { document } = fc.letrec<{ document: object; value: unknown }>((tie) => ({
    document: fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.double({ noNaN: true }),
      fc.constant(undefined),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('document'),
    ),
  }));
  const options = { aliasDuplicateObjects: false, compat: 'yaml-1.1', lineWidth: 0 } as const;
  fc.assert(
    fc.property(document, (value) => {
      expect(renderYaml([], value)).toBe(stringify(value, options));
    }),
    { numRuns: 2000 },
  );
});
