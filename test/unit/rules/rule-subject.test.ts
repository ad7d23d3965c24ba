import { architecture, subjectOf } from './written';
import { RuleSubject, type RuleFile } from '../../../src';

const { facts } = subjectOf('FROM scratch');

/** An image of both architectures. */
function both(files: Readonly<Record<string, string>>): RuleSubject {
  const architectures = { arm64: architecture('linux/arm64'), amd64: architecture('linux/amd64') };
  return new RuleSubject('shop', { ...facts, architectures }, filesOf(files));
}

function filesOf(files: Readonly<Record<string, string>>): RuleFile[] {
  return Object.entries(files).map(([path, content]) => ({ path, content, executable: false }));
}

describe('the contexts of an image', () => {
  const subject = both({
    'arm64/Dockerfile': 'FROM scratch\n',
    'amd64/Dockerfile': 'FROM scratch AS one\n',
    'amd64/nginx.conf': 'events {}\n',
    'amd64-notes.md': '# of nobody\n',
    'compose.yaml': 'services: {}\n',
  });

  test('stand in the order of their names', () => {
    expect(subject.contexts.map(({ architecture: name }) => name)).toEqual(['amd64', 'arm64']);
  });

  test('have the files below their own directory', () => {
    expect(subject.contexts.map(({ files }) => files.map(({ path }) => path))).toEqual([
      ['amd64/Dockerfile', 'amd64/nginx.conf'],
      ['arm64/Dockerfile'],
    ]);
  });

  test('give a text by its path in them, and the image one by its path in the image', () => {
    const [amd64, arm64] = subject.contexts;
    expect(amd64!.text('nginx.conf')).toBe('events {}\n');
    expect(arm64!.text('nginx.conf')).toBeUndefined();
    expect(arm64!.pathOf('nginx.conf')).toBe('arm64/nginx.conf');
    expect(subject.text('compose.yaml')).toBe('services: {}\n');
    expect(subject.text('nginx.conf')).toBeUndefined();
  });
});

test('GIVEN two files of one path, THEN the first one counts', () => {
  const files = [...filesOf({ 'amd64/a': 'first' }), ...filesOf({ 'amd64/a': 'second' })];
  const subject = new RuleSubject('shop', facts, files);

  expect(subject.text('amd64/a')).toBe('first');
  expect(subject.contexts[0]!.text('a')).toBe('first');
});

test.each([
  ['a Dockerfile', (subject: RuleSubject): unknown => subject.contexts[0]!.dockerfile(), 'amd64/Dockerfile'],
  ['an nginx.conf', (subject: RuleSubject): unknown => subject.contexts[0]!.nginx(), 'amd64/nginx.conf'],
  ['an included file', (subject: RuleSubject): unknown => subject.contexts[0]!.nginx('a.conf'), 'amd64/a.conf'],
  [
    'an ini file',
    (subject: RuleSubject): unknown => subject.contexts[0]!.ini('config/php.ini'),
    'amd64/config/php.ini',
  ],
  ['a compose.yaml', (subject: RuleSubject): unknown => subject.yaml('compose.yaml'), 'compose.yaml'],
])('GIVEN an image without %s, THEN asking for it says that it is not there', (_, ask, path) => {
  expect(() => ask(subjectOf({}))).toThrow(`${path} is not there`);
});

test.each([
  ['a: 1\n---\nb: "x---y"\n', [{ a: 1 }, { b: 'x---y' }]],
  ['---\na: 1\n---\n \n---\n', [{ a: 1 }]],
  ['# of nothing\n---\na: 1\n', [null, { a: 1 }]],
  ['a: "\\x41"\n---\na: !!str 1\n', [{ a: 'A' }, { a: '1' }]],
])('GIVEN the YAML file %j, THEN each of its documents is read', (text, documents) => {
  expect(both({ 'kubernetes.yaml': text }).yaml('kubernetes.yaml')).toEqual(documents);
});

test('GIVEN a document on the line that separates it, THEN the file is refused, and not read in part', () => {
  expect(() => both({ 'kubernetes.yaml': 'a: 1\n--- # two\nb: 2\n' }).yaml('kubernetes.yaml')).toThrow(/multiple/);
});

describe('what is found for each architecture', () => {
  const subject = both({});
  const told = (look: (name: string) => { file?: string; what: string }[]): string[] =>
    subject.eachContext(({ architecture: name }) => look(name)).map(({ file, what }) => `${file ?? 'image'}: ${what}`);

  test.each([
    [
      'once where it is the same of both',
      (name: string) => [{ file: `${name}/nginx.conf:3`, what: 'no' }],
      ['amd64/nginx.conf:3: no'],
    ],
    ['once where no file is named', () => [{ what: 'no' }], ['image: no']],
    [
      'for each where the lines differ',
      (name: string) => [{ file: `${name}/nginx.conf:${name === 'amd64' ? 3 : 4}`, what: 'no' }],
      ['amd64/nginx.conf:3: no', 'arm64/nginx.conf:4: no'],
    ],
    [
      'for each where it differs',
      (name: string) => [{ file: `${name}/Dockerfile:1`, what: `no ${name}` }],
      ['amd64/Dockerfile:1: no amd64', 'arm64/Dockerfile:1: no arm64'],
    ],
    [
      'for each file of one architecture',
      (name: string) => (name === 'amd64' ? [] : ['a/b', 'c/b'].map((path) => ({ file: `arm64/${path}`, what: 'no' }))),
      ['arm64/a/b: no', 'arm64/c/b: no'],
    ],
    ['once where one architecture has it twice', () => [{ what: 'no' }, { what: 'no' }], ['image: no']],
  ])('is told %s', (_, look, expected) => {
    expect(told(look)).toEqual(expected);
  });
});

test.each([
  ['exec', 'calls pdftk, reviewed by us', true],
  ['exec', '0123456789', true],
  ['exec', '012345678', false],
  ['exec', '  012345678  ', false],
  ['shell_exec', 'calls pdftk, reviewed by us', false],
])('GIVEN a grant for %s because of %j, THEN exec is granted: %s', (subject, reason, expected) => {
  const granted = new RuleSubject('shop', { ...facts, grants: [{ subject, reason }] as never }, []);

  expect(granted.isGranted('exec')).toBe(expected);
});

test('GIVEN what rules read, THEN none of them can change what another sees', () => {
  const subject = subjectOf({ Dockerfile: 'FROM scratch\nRUN a b\n' });
  const { stages } = subject.contexts[0]!.dockerfile();

  expect(() => (stages[0]!.instructions as unknown[]).push('no')).toThrow(TypeError);
  expect(() => Object.assign(stages[0]!.instructions[0]!, { keyword: 'ENV' })).toThrow(TypeError);
  expect(() => Object.assign(RuleSubject.prototype, { isGranted: () => true })).toThrow(TypeError);
  expect(subject.contexts[0]!.dockerfile()).toBe(subject.contexts[0]!.dockerfile());
});
