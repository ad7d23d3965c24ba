import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { inEmptyFolder, runHere, SHOP } from './run-here';
import { createProgram } from '../../../src/cli/program';

/** A wrong command line, its exit status, and what is said of it. */
type Wrong = readonly [line: string, status: number, says: string | RegExp];

/** Wrong in the same way for every command that selects images. */
const SELECTION: readonly Wrong[] = [
  ['--php eight --platform debian', 2, "'eight' is invalid. It is not a PHP version such as 8.4"],
  ['--arch x86', 2, /'x86' is invalid\. Allowed choices are amd64, arm64.*\n {2}do: {2}write one of: amd64, arm64/],
  ['--arch arm46', 2, 'do:  write "arm64"'],
  ['--platfrom debian', 2, "unknown option '--platfrom'\n  do:  write --platform;"],
  ['--php', 2, "option '--php <version>' argument missing"],
];

/** Wrong in the same way for every command that reads a tree. */
const TREE: readonly Wrong[] = [
  ['--app nowhere.ts', 10, 'nowhere.ts\n  there is no such file'],
  ['--app throws.js', 10, 'throws.js\n  broken on purpose'],
  ['--app empty.js', 10, 'empty.js\n  it added no image to the app'],
  ['--jsno', 2, "unknown option '--jsno'"],
];

const NO_OUTPUT: readonly Wrong[] = [
  ['--output nowhere', 10, 'nowhere/manifest.json\n  is not the manifest of a synthesis'],
];

const NO_OUTPUT_HERE =
  '.\n  this directory is not an output: it has empty.js, shop.js, throws.js, and no manifest.json of a synthesis';

const WRONG: Readonly<Record<string, readonly Wrong[]>> = {
  synth: [
    ...TREE,
    ['--app shop.js --output .', 13, NO_OUTPUT_HERE],
    ['now', 2, 'too many arguments'],
    ['--output', 2, "'--output <directory>' argument missing"],
  ],
  'build:dockerfile': [
    ...SELECTION,
    ...TREE,
    ['', 2, '--php and --platform are not given, and there is no images.ts here'],
    ['--php 8.4', 2, '--platform is not given'],
    ['--php 5.6', 2, 'dockerfile-generator build:dockerfile --php 8.5 --platform alpine (PHP 7.4, '],
    ['--platform debain', 2, '--platform debian (PHP 7.4, '],
    ['--platform solaris', 2, '--platform alpine (PHP 7.4, '],
    ['--php 8.4 --platform debain', 11, 'there is no platform "debain"\n  do:  write "debian"'],
    ['--php 5.6 --platform debian', 11, 'nginx-php-fpm-5.6-debian'],
    ['--php 8.4 --platform debian --release jessie', 11, 'jessie'],
    ['shop', 10, 'shop can only be an image of a project'],
    ['--php 8.4 --platform debian --output throws.js', 13, 'throws.js'],
    ['--php 8.4 --platform debian --output .', 13, NO_OUTPUT_HERE],
    ['--php 8.4 --platform debian --output . --force', 13, NO_OUTPUT_HERE],
    ['--php 8.4 --platform debian --output /', 13, '/\n  this directory is not an output'],
  ],
  init: [
    ['--php 5.6', 2, '--php\n  the catalogue has no 5.6'],
    ['--platform debain', 2, 'write "debian"'],
    ['--app throws.js', 13, 'throws.js\n  the file is there already'],
    ['--app throws.js/images.ts', 13, 'throws.js/images.ts'],
    ['shop', 2, 'too many arguments'],
  ],
  ls: [...SELECTION, ...TREE],
  diff: [
    ...SELECTION,
    ...TREE,
    ['--app shop.js --output .', 13, NO_OUTPUT_HERE],
    ['--app shop.js --output /', 13, '/\n  this directory is not an output'],
  ],
  lock: [...TREE, ['shop', 2, 'too many arguments']],
  explain: [
    ...SELECTION,
    ['config', 2, '--php and --platform are not given'],
    ['config shop', 10, 'shop can only be an image of a project'],
    ['NGX-9999', 2, 'NGX-9999'],
  ],
  catalog: [
    ['--php 5.6', 2, '--php\n  the catalogue has no 5.6'],
    ['--platform debain', 2, 'write "debian"'],
    ['--platform debian --release jessie', 2, 'there is no debian jessie'],
    ['--extension', 2, "unknown option '--extension'\n  do:  write --extensions;"],
    ['debian', 2, 'too many arguments'],
  ],
  'catalog:update': [...TREE, ['--mirror', 2, "'--mirror <host>' argument missing"], ['now', 2, 'too many arguments']],
  doctor: [
    ['--jsno', 2, "unknown option '--jsno'\n  do:  write --json;"],
    ['now', 2, 'too many arguments'],
    ['--app', 2, "'--app <file>' argument missing"],
    ['--app throws.js', 1, ''],
    ['--app nowhere.ts', 1, ''],
  ],
  completion: [
    ['', 2, "missing required argument 'shell'"],
    ['tcsh', 2, 'Allowed choices are bash, zsh, fish'],
    ['bash zsh', 2, 'too many arguments'],
    ['--bash', 2, "unknown option '--bash'"],
    ['BASH', 2, 'do:  write "bash"'],
  ],
  audit: [
    ['', 2, 'a command is missing'],
    ['verfy', 2, "unknown command 'verfy'\n  do:  write verify;"],
    ['verify', 2, "missing required argument 'file'"],
    ['verify nowhere.jsonl', 10, 'nowhere.jsonl'],
    ['verify throws.js --haed x', 2, "unknown option '--haed'\n  do:  write --head;"],
  ],
  'validate:config': [
    ...SELECTION,
    ...TREE,
    ['--php 8.4 --platform debian --output .', 1, 'this directory is not an output: it has empty.js'],
    ['', 2, '--php and --platform are not given'],
  ],
  'test:config': [...SELECTION, ...TREE],
  'test:template': [...SELECTION, ...TREE],
  'test:docker': [...SELECTION, ...TREE],
  'test:all': [...SELECTION, ...TREE],
  'test:local': [
    ...SELECTION,
    ...NO_OUTPUT,
    ['--slowness slow', 2, 'It is not a number above 0'],
    ['--slowness -1', 2, 'It is not a number above 0'],
    ['--junit', 2, "'--junit <file>' argument missing"],
  ],
  ...Object.fromEntries(
    ['publish', 'build:image', 'deploy:hub', 'deploy:manifest', 'promote'].map((name) => [
      name,
      [
        ...SELECTION.map(
          ([line, ...rest]) => [`${name === 'promote' ? '--to production ' : ''}${line}`, ...rest] as const,
        ),
        ['--registry', 2, "'--registry <host>' argument missing"],
        ['--log-format loud', 2, 'Allowed choices are auto, plain, json'],
        ...(name === 'promote'
          ? ([
              ['--to production --arch arm64', 2, '--arch\n  a promotion copies lists'],
              ['--to production --registry other.example.com', 2, '--registry\n  it could be meant for either'],
              ['', 2, "required option '--to <environment>' not specified"],
            ] as const)
          : []),
      ],
    ]),
  ),
  scan: [
    ['', 2, "missing required argument 'reference'"],
    ['shop:1 --arch x86', 2, 'Allowed choices are amd64, arm64'],
    ['shop:1 --environment prodution', 11, 'there is no environment "prodution"'],
    ['shop:1 --environment local', 2, 'the environment local has no scanner'],
    ['shop:1 shop:2', 2, 'too many arguments'],
    ['shop:1 --jsno', 2, "unknown option '--jsno'"],
  ],
  'publish:merge': [
    ['', 2, "missing required argument 'receipts'"],
    ['receipt.json --arch x86', 2, 'Allowed choices are amd64, arm64'],
    ['receipt.json --shard 1/2', 2, "unknown option '--shard'"],
    ['receipt.json --php eight', 2, 'It is not a PHP version'],
    ['receipt.json --tag', 2, "'--tag <tag>' argument missing"],
  ],
};

describe('a wrong command line', () => {
  inEmptyFolder();
  beforeEach(() => {
    writeFileSync('throws.js', 'throw new Error("broken on purpose");\n');
    writeFileSync('empty.js', 'module.exports = () => {};\n');
    writeFileSync('shop.js', SHOP);
  });

  it.each(Object.entries(WRONG).flatMap(([command, wrong]) => wrong.map((one) => [command, ...one] as const)))(
    '%s %s ends with status %d and says what to do',
    async (command, line, status, says) => {
      // GIVEN
      const before = readdirSync('.');
      // WHEN
      const result = await runHere(command, ...line.split(' ').filter(Boolean));
      // THEN
      expect(result.stderr + (status === 1 ? result.stdout : '')).toMatch(
        says instanceof RegExp ? says : new RegExp(escape(says)),
      );
      expect(result.status).toBe(status);
      expect(`${result.stderr}${result.stdout}`).not.toMatch(/^ +at .+:\d+:\d+/m);
      expect(readdirSync('.')).toEqual(before);
      if (status !== 1) {
        expect(result.stdout).toBe('');
        expect(result.stderr).toMatch(/^[A-Z_]+: \d+ problems?\n[^]*\n {2}do: {2}/m);
        expect(repeatedIn(result.stderr, line)).toEqual([]);
      }
    },
  );

  it('is tried for every command in at least five ways', () => {
    const names = createProgram(() => undefined).commands.map((command) => command.name());
    const few = names.filter((name) => (WRONG[name]?.length ?? 0) < 5);
    expect(few).toEqual([]);
  });

  it.each([
    ['sinth', 'synth'],
    ['build:dockerfil', 'build:dockerfile'],
    ['validate-config', 'validate:config'],
    ['deploy:hubb', 'deploy:hub'],
    ['publsh', 'publish'],
  ])('%s is asked back: %s?', async (wrong, right) => {
    const { status, stderr } = await runHere(wrong);
    expect(status).toBe(2);
    expect(stderr).toContain(`unknown command '${wrong}'\n  do:  write ${right};`);
  });

  it('is told as JSON to who asked for JSON', async () => {
    const { stdout, stderr, status } = await runHere(
      'build:dockerfile',
      '--php',
      '5.6',
      '--platform',
      'debian',
      '--json',
    );
    const { error } = JSON.parse(stderr) as { error: { type: string; status: number; problems: unknown[] } };
    expect([status, stdout, error.type, error.status, error.problems.length]).toEqual([
      11,
      '',
      'VALIDATION_ERROR',
      11,
      1,
    ]);
  });

  it('shows a stack with --debug alone', async () => {
    const { stderr } = await runHere('synth', '--app', 'throws.js', '--debug');
    expect(stderr).toMatch(/broken on purpose[^]*\n +at .*throws\.js/);
    expect(existsSync('output')).toBe(false);
  });
});

/** Words of a command line that a message calls wrong, and says again in what there is to do. */
function repeatedIn(message: string, line: string): string[] {
  const told = message.split(/\n {2}do: {2}/)[0]!;
  const steps = [...message.matchAll(/^ {2}do: {2}(.*)$/gm)].map(([, step]) => step!).join('\n');
  const holds = (text: string, word: string) => new RegExp(`(?<![\\w.-])${escape(word)}(?![\\w-])`).test(text);
  const words = line.split(' ').filter((word) => !['', 'config', 'verify'].includes(word));
  return words.filter((word) => holds(told, word) && holds(steps, word));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
