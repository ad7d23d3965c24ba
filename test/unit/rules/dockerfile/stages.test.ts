import { copied, externalImages, lastStage, unquote } from '../../../../src/rules/dockerfile/stages';
import { contextOf } from '../written';

it('a Dockerfile without a stage has no last one', () => {
  const context = contextOf('# check=error=true\nARG TAG=1\n');
  expect(() => lastStage(context)).toThrow('amd64/Dockerfile has no FROM');
});

it.each([
  ['COPY a b /c/', { sources: ['a', 'b'], target: '/c/' }],
  ['COPY ["a b", "/c/"]', { sources: ['a b'], target: '/c/' }],
  [`COPY "a" '/c'`, { sources: ['a'], target: '/c' }],
  ['COPY <<EOF /etc/app.conf\nPORT 8080\nEOF', { sources: ['<<EOF'], target: '/etc/app.conf' }],
  ['COPY', { sources: [], target: '' }],
])('files of %j', (written, files) => {
  const { instructions } = lastStage(contextOf(`FROM scratch\n${written}\n`));
  expect(copied(instructions[0]!)).toEqual(files);
});

it.each([
  ['"a"', 'a'],
  ["'a b'", 'a b'],
  ['"a\nb"', 'a\nb'],
  [`"a'`, `"a'`],
  ['x="a"', 'x="a"'],
  ['"a"b', '"a"b'],
  ['a', 'a'],
])('%j without its quotes', (text, plain) => {
  expect(unquote(text)).toBe(plain);
});

it('images come from outside where they are no earlier stage and not nothing', () => {
  // GIVEN
  const dockerfile = [
    'FROM "debian:trixie" AS Base',
    'FROM base AS build',
    'FROM later',
    'FROM scratch AS later',
    'FROM LATER',
  ].join('\n');
  // THEN
  expect(externalImages(contextOf(dockerfile)).map(({ from, reference }) => [from.line, reference])).toEqual([
    [1, 'debian:trixie'],
    [3, 'later'],
  ]);
});
