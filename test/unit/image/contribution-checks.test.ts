import { problemsOfPart } from './support';
import type { ImagePart, LongRunProps, StopSignal } from '../../../src';

/** What would leave its place in a Dockerfile, a shell script or a file of s6. */
const HOSTILE = [
  'a\nb',
  'a\rb',
  'a\0b',
  'a"b',
  "a'b",
  'a`b',
  'a\\b',
  'a$b',
  'a\u001bb',
  'a\u200bb',
  'a\ud800b',
  '\n',
  '"',
];

const COMMAND = ['/bin/true'];
const VOLUME = { path: '/data/own', kind: 'volume', exec: false, mode: '0770', purpose: 'a test' } as const;

type Contribute = (part: ImagePart, text: string) => void;

const PLACES: ReadonlyArray<readonly [place: string, contribute: Contribute]> = [
  ['the name of a package', (part, text) => part.addPackage(text)],
  ['the name of a package of one platform', (part, text) => part.addPackage({ debian: text })],
  ['the name of a variable', (part, text) => part.addEnvironment(text, 'x')],
  ['the value of a variable', (part, text) => part.addEnvironment('OWN', text)],
  ['the path of a file', (part, text) => part.addFile({ target: `/etc/${text}`, content: '' })],
  ['a writable path', (part, text) => part.addWritablePath({ ...VOLUME, path: `/data/${text}` })],
  ['the mode of a writable path', (part, text) => part.addWritablePath({ ...VOLUME, mode: text })],
  ['the name of a build step', (part, text) => part.addBuildStep({ name: text, script: '' })],
  ['the name of a service', (part, text) => part.addLongRun({ name: text, command: COMMAND })],
  ['the program of a service', (part, text) => part.addLongRun({ name: 'own', command: [`/bin/${text}`] })],
  ['an argument of a service', (part, text) => part.addLongRun({ name: 'own', command: ['/bin/true', text] })],
  [
    'a variable of a service',
    (part, text) => part.addLongRun({ name: 'own', command: COMMAND, environment: { [text]: 'x' } }),
  ],
  [
    'the value of a service’s variable',
    (part, text) => part.addLongRun({ name: 'own', command: COMMAND, environment: { A: text } }),
  ],
  ['the check of a service', (part, text) => part.addLongRun({ name: 'own', command: COMMAND, readiness: [text] })],
  [
    'the signal of a service',
    (part, text) => part.addLongRun({ name: 'own', command: COMMAND, stopSignal: text as StopSignal }),
  ],
  ['the name of a one-shot', (part, text) => part.addOneShot({ name: text, command: COMMAND })],
  ['an argument of a one-shot', (part, text) => part.addOneShot({ name: 'own', command: ['/bin/true', text] })],
];

test.each(PLACES)('%s cannot mean more than itself', (_, contribute) => {
  for (const text of HOSTILE) {
    // WHEN
    const problems = problemsOfPart((part) => contribute(part, text));
    // THEN
    expect([text, problems.length > 0]).toEqual([text, true]);
    problems.forEach(({ where, next }) => {
      expect(where).toBe('shop/own');
      expect(next).toMatch(/^(?:use|write|give|name) /);
    });
  }
});

const paths = ['relative', '/', '/a/../b', '/a/..', '/./a', '/a//b', '/a/', '/a b', '/a;b', '/a*', ''];

test.each(paths)('%j is no path of a file and no writable path', (path) => {
  expect(problemsOfPart((part) => part.addFile({ target: path, content: '' }))).not.toEqual([]);
  expect(problemsOfPart((part) => part.addWritablePath({ ...VOLUME, path }))).not.toEqual([]);
});

test.each(['4755', '2775', '6777', '0888', '770 /etc; reboot', '+x', ''])('%j is no mode of a directory', (mode) => {
  const [problem] = problemsOfPart((part) => part.addWritablePath({ ...VOLUME, mode }));
  expect(problem?.what).toBe(`${JSON.stringify(mode)} is not the mode of a directory`);
});

test.each(['0770', '1777', '755'])('%s is a mode of a directory', (mode) => {
  expect(problemsOfPart((part) => part.addWritablePath({ ...VOLUME, mode }))).toEqual([]);
});

test.each([0, -1, 65_536, 1.5, Number.NaN])('%d is no port', (port) => {
  expect(problemsOfPart((part) => part.addPort(port))[0]?.next).toBe('give a number from 1 to 65535');
});

test.each<readonly [name: string, props: Partial<LongRunProps>]>([
  ['no command', { command: [] }],
  ['a program without its place', { command: ['true'] }],
  ['a name in capitals', { name: 'Own' }],
  ['a name that is too long', { name: 'x'.repeat(64) }],
  ['a bundle of s6-overlay as its name', { name: 'user' }],
  ['the target of every dependency as its name', { name: 'base' }],
  ['a name that s6-rc keeps for itself', { name: 's6rc-fdholder' }],
  ['no time to stop', { stopTimeout: 0 }],
  ['an unmeasurable time to stop', { stopTimeout: Number.POSITIVE_INFINITY }],
  ['half a death', { maxDeaths: 0.5 }],
])('a service with %s is refused', (_, props) => {
  const problems = problemsOfPart((part) => part.addLongRun({ name: 'own', command: COMMAND, ...props }));
  expect(problems).toEqual([expect.objectContaining({ where: 'shop/own' })]);
});

test('a NUL in a file or in a build step is refused; every other text is theirs', () => {
  expect(problemsOfPart((part) => part.addFile({ target: '/etc/own', content: 'a\0b' }))).toHaveLength(1);
  expect(problemsOfPart((part) => part.addBuildStep({ name: 'own', script: 'a\0b' }))).toHaveLength(1);
  const script = '#!/bin/sh\necho "$HOME" \'\\n\' `id`\n';
  expect(problemsOfPart((part) => part.addBuildStep({ name: 'own', script }))).toEqual([]);
});

test('all that is wrong with a construct is told at once', () => {
  const problems = problemsOfPart((part) => PLACES.forEach(([, contribute]) => contribute(part, '"')));
  expect(problems.length).toBeGreaterThanOrEqual(PLACES.length);
});
