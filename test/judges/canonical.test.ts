import { distinct, outputFiles } from './support/output';
import { format, parserOf } from './support/prettier';
import { variantSubjects } from './support/variants';

const files = [
  ...outputFiles(/./),
  ...variantSubjects().flatMap(({ name, context }) =>
    [...context].map(([path, text]): [string, string] => [`${name}/${path}`, text]),
  ),
];

/** Each text once, with its parser. */
const judged = distinct(files).flatMap(({ text, places }) => {
  const parser = parserOf(places[0]!, text);
  return parser === undefined ? [] : [{ parser, text, place: places[0]! }];
});

test.each([...new Set(judged.map(({ parser }) => parser))].sort())(
  'prettier would change no generated file of the kind %s',
  (kind) => {
    // GIVEN
    const texts = judged.filter(({ parser }) => parser === kind);
    // WHEN
    const answers = format(texts);
    // THEN
    const refused = answers.map(({ error }, index) =>
      error === undefined ? undefined : `${texts[index]!.place}: ${error}`,
    );
    expect(refused.filter((line) => line !== undefined)).toEqual([]);
    const changed = texts
      .map((item, index) => ({ ...item, answer: answers[index]!.formatted }))
      .filter(({ text, answer }) => text !== answer);
    expect(Object.fromEntries(changed.map(({ place, text }) => [place, text]))).toEqual(
      Object.fromEntries(changed.map(({ place, answer }) => [place, answer])),
    );
  },
);

test('prettier judges files of every kind that it has a parser for', () => {
  expect(new Set(judged.map(({ parser }) => parser))).toEqual(
    new Set(['json-stringify', 'markdown', 'nginx', 'sh', 'yaml']),
  );
});

test('prettier would change a file that is not in this form', () => {
  const [nginx, sh] = format([
    { parser: 'nginx', text: 'http{\nserver{ listen   80;}}\n' },
    { parser: 'sh', text: 'if true;then\necho;fi\n' },
  ]);
  expect(nginx!.formatted).toBe('http {\n  server {\n    listen 80;\n  }\n}\n');
  expect(sh!.formatted).toBe('if true; then\n  echo\nfi\n');
});

test('every generated file ends with one line feed, has no other line end, and no space at the end of a line', () => {
  const wrong = distinct(files).filter(
    ({ text }) => text !== '' && (!text.endsWith('\n') || text.endsWith('\n\n') || /\r|[ \t]\n/.test(text)),
  );
  expect(wrong.map(({ places }) => places[0])).toEqual([]);
});
