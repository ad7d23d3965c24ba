import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { endOf, removeTemporaryDirectories, startChild, temporaryDirectory } from './support';
import { ImageConstruct, Testing, type ImageConfig, type ImageProps } from '../../../src';
import { rememberConfigs } from '../../../src/config';
import { ConfigCache } from '../../../src/synth/config-cache';

const IDENTITY = 'this package, as it is';
const SHOP = { php: { version: '8.4', ini: { 'zend.assertions': -1 } }, platform: 'debian' };

let cache: string;
beforeEach(() => (cache = temporaryDirectory()));
afterEach(() => {
  rememberConfigs(undefined);
  removeTemporaryDirectories();
});

/** An image, made in a run that remembers what earlier runs in this directory have found right. */
function make(props: object, identity = IDENTITY, app = 'images.ts'): { config: ImageConfig; problems: string[] } {
  const known = ConfigCache.open(cache, app, identity)!;
  rememberConfigs(known);
  const { config, problems } = new ImageConstruct(Testing.app(), 'shop', props as ImageProps);
  known.keep();
  return { config, problems: problems.map(({ what }) => what) };
}

/** What an image gets that is made without any memory. */
function makeWithout(props: object): ImageConfig {
  rememberConfigs(undefined);
  return new ImageConstruct(Testing.app(), 'shop', props as ImageProps).config;
}

/** The one file in the directory. */
function file(): string {
  const names = readdirSync(cache);
  expect(names).toHaveLength(1);
  return join(cache, names[0]!);
}

/** Lets what was written say another memory limit, sealed as this package seals. */
function forge(): void {
  const known = ConfigCache.open(cache, 'images.ts', IDENTITY)!;
  const remember = known.remember.bind(known);
  known.remember = (text, config) => remember(text, { ...config, php: { ...config.php, memoryLimit: '7M' } });
  rememberConfigs(known);
  new ImageConstruct(Testing.app(), 'shop', SHOP);
  known.keep();
}

test('a configuration that was found right before is not checked again', () => {
  // GIVEN a memory that says something that no check would
  forge();
  // WHEN, THEN
  expect(make(SHOP).config.php.memoryLimit).toBe('7M');
});

test('what was remembered is what the check gives: every value, in the same order, frozen', () => {
  // GIVEN
  make(SHOP);
  // WHEN
  const { config, problems } = make(SHOP);
  // THEN
  expect(problems).toEqual([]);
  expect(JSON.stringify(config)).toBe(JSON.stringify(makeWithout(SHOP)));
  expect([config, config.php, config.php.ini, config.php.extensions, config.nginx].every(Object.isFrozen)).toBe(true);
});

test.each<[string, object]>([
  ['other props', { ...SHOP, nginx: { gzip: false } }],
  ['another version', { ...SHOP, php: { ...SHOP.php, version: '8.3' } }],
  ['another platform', { ...SHOP, platform: 'alpine' }],
])('it is not taken for that of %s', (_, props) => {
  forge();
  expect(make(props).config).toEqual(makeWithout(props));
});

test.each<[string, () => void]>([
  [
    'whose seal is of something else',
    () => rewrite((text) => text.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))),
  ],
  ['that was cut off', () => rewrite((text) => text.slice(0, -1))],
  ['in which a value was changed', () => rewrite((text) => text.replace('"7M"', '"8M"'))],
  ['of somebody else', () => rewrite(() => '{}\n[]\n')],
  ['that is empty', () => rewrite(() => '')],
])('a file %s is as none, and is replaced', (_, change) => {
  // GIVEN
  forge();
  change();
  // WHEN
  const { config } = make(SHOP);
  // THEN
  expect(config).toEqual(makeWithout(SHOP));
  expect(readFileSync(file(), 'utf8')).not.toContain('"7M"');
});

function rewrite(change: (text: string) => string): void {
  writeFileSync(file(), change(readFileSync(file(), 'utf8')));
}

test('another package, and another module with images, know nothing of it', () => {
  forge();
  expect(make(SHOP, 'another package').config).toEqual(makeWithout(SHOP));
  forge();
  expect(make(SHOP, IDENTITY, 'other.ts').config).toEqual(makeWithout(SHOP));
});

test.each<[string, object]>([
  ['a value that is refused', { ...SHOP, nginx: { gzip: 'yes' } }],
  ['an option that there is not', { ...SHOP, nginx: { gzipp: true } }],
  ['a value of which JSON would tell another', { ...SHOP, nginx: { tls: NaN } }],
])('%s is refused each time, in the same words', (_, props) => {
  // GIVEN
  const { problems } = make(props);
  expect(problems).not.toEqual([]);
  // WHEN, THEN
  expect(make(props).problems).toEqual(problems);
});

test('values that contradict each other are told of each time', () => {
  const props = { ...SHOP, nginx: { clientMaxBodySize: '1G' } };
  const { problems } = make(props);
  expect(problems).toEqual([expect.stringContaining('is more than php.postMaxSize')]);
  expect(make(props).problems).toEqual(problems);
});

test('what no image asks for any more is forgotten', () => {
  // GIVEN
  make(SHOP);
  make({ ...SHOP, platform: 'alpine' });
  forge();
  // WHEN
  make({ ...SHOP, platform: 'alpine' });
  // THEN
  expect(make(SHOP).config).toEqual(makeWithout(SHOP));
});

describe('a memory of its own', () => {
  const CONFIG = makeWithout(SHOP);
  const open = (app = 'images.ts') => ConfigCache.open(cache, app, IDENTITY)!;

  /** Lets a run ask for configurations by these texts, and check those that are not known. */
  function run(...texts: readonly string[]): void {
    const memory = open();
    texts.filter((text) => !memory.recall(text)).forEach((text) => memory.remember(text, CONFIG));
    memory.keep();
  }

  /** Which of some texts are known. */
  function known(...texts: readonly string[]): string[] {
    const memory = open();
    return texts.filter((text) => memory.recall(text));
  }

  test('is not there where the package runs from its sources', () => {
    expect(ConfigCache.open(cache, 'images.ts')).toBeUndefined();
  });

  test('is a file of a short name, that of one module by whichever path', () => {
    run('a');
    expect(basename(file())).toMatch(/^configs-[0-9a-f]{16}\.json$/);
    expect([open(resolve('images.ts')).recall('a'), open('other.ts').recall('a')]).toEqual([CONFIG, undefined]);
  });

  test('gives the same object whenever it is asked, and what it was told last', () => {
    run('a');
    const memory = open();
    const first = memory.recall('a');
    expect(memory.recall('a')).toBe(first);
    expect(memory.recall('b')).toBeUndefined();
    memory.remember('b', CONFIG);
    expect(memory.recall('b')).toBe(CONFIG);
  });

  test('is not written again where the same was asked for', () => {
    run('a', 'b');
    const { ino } = statSync(file());
    run('b', 'a');
    expect(statSync(file()).ino).toBe(ino);
  });

  test.each([
    ['less', ['a']],
    ['more', ['a', 'b', 'c']],
    ['something else of the same number', ['a', 'c']],
  ])('is what was asked for last: %s', (_, texts) => {
    run('a', 'b');
    run(...texts);
    expect(known('a', 'b', 'c')).toEqual(texts);
  });

  test('keeps no more than 250', () => {
    const texts = Array.from({ length: 260 }, (_, index) => `${index}`);
    run(...texts);
    expect(known(...texts)).toEqual(texts.slice(0, 250));
  });
});

test('zod is loaded for the first run, and for none after it', async () => {
  const run = async (): Promise<string> => {
    const { status, stdout, stderr } = await endOf(startChild('known-configs-child.ts', [cache]));
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };
  expect([await run(), await run()]).toEqual(['zod is loaded\n', 'zod is not loaded\n']);
});
