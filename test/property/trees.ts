import fc from 'fast-check';
import { hostileText, imageProps, nginxOptions } from './configurations';
import { ImageConstruct, Testing, type ImageApp, type ImageProps } from '../../src';
import { OwnPart } from '../unit/image/support';

/** What a construct of a person's own adds to an image. */
export interface Own {
  readonly environment: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly services: readonly string[];
}

export interface ImageInput {
  readonly props: ImageProps;
  readonly own: Own;
}

/** Images by name: all that a person can tell. */
export type TreeInput = Readonly<Record<string, ImageInput>>;

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
/** One character less than what a machine drew by chance would have. */
const text = fc.stringMatching(/^[A-Za-z0-9 =:/_.,@%+-]{0,19}$/);

/** A variable of the name of a secret is refused by DF-002; letters drawn by chance make one in fifty thousand trees. */
const isPlain = (name: string): boolean =>
  !/(?:AUTH|KEY|PASS\w*|PSW|PWD|PWORD|SECRET|TOKEN|USR|CREDENTIALS?)$/.test(name);

const own: fc.Arbitrary<Own> = fc.record({
  environment: fc.dictionary(word.map((name) => `OWN_${name.toUpperCase()}`).filter(isPlain), text, { maxKeys: 3 }),
  packages: fc.subarray(['imagemagick', 'jq', 'less']),
  files: fc.dictionary(
    word.map((name) => `/etc/own/${name}`),
    fc.string({ maxLength: 30 }),
    { maxKeys: 2 },
  ),
  services: fc.subarray(['own-queue', 'own-socket'], { maxLength: 1 }),
});

const more = fc.record(
  {
    volumes: fc.subarray(['/data', '/srv/uploads', '/var/lib/own']),
    limits: fc.record({
      connections: fc.integer({ min: 16, max: 65_536 }),
      requestsPerSecond: fc.option(fc.integer({ min: 1, max: 100_000 })),
    }),
    methods: fc.subarray(['GET', 'HEAD', 'POST', 'PUT', 'PROPFIND'], { minLength: 1 }),
    staticMaxAge: fc.option(fc.integer({ min: 1, max: 31_536_000 })),
    timezone: fc.constantFrom('UTC', 'Europe/Prague', 'America/St_Johns'),
    memoryLimit: fc.constantFrom('64M', '128M', '1G'),
    uploads: fc.boolean(),
    crontab: fc.uniqueArray(word, { maxLength: 2 }).map((names) =>
      names.map((name) => ({
        name,
        schedule: '*/5 * * * *',
        command: ['/usr/bin/php', `/var/www/html/${name}.php`],
      })),
    ),
  },
  { requiredKeys: [] },
);

const image: fc.Arbitrary<ImageInput> = fc
  .record({ base: imageProps, nginx: nginxOptions, more, own, both: fc.boolean() })
  .map(({ base, nginx, more: given, own: part, both }) => ({
    props: {
      ...base,
      ...(both ? { architectures: ['arm64', 'amd64'] } : {}),
      ...pick(given, 'volumes'),
      nginx: { ...nginx, ...pick(given, 'limits', 'methods', 'staticMaxAge') },
      php: { ...(base.php as object), ...pick(given, 'timezone', 'memoryLimit', 'uploads') } as ImageProps['php'],
      s6: { ...base.s6, ...pick(given, 'crontab') },
    } as ImageProps,
    own: part,
  }));

function pick(from: object, ...names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
}

const sound: fc.Arbitrary<TreeInput> = fc
  .tuple(
    fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
    fc.array(image, { minLength: 3, maxLength: 3 }),
    fc.nat(9),
  )
  // Most trees are of one image: they are as different, and quicker.
  .map(([names, images, chance]) =>
    Object.fromEntries(names.slice(0, chance > 7 ? 3 : 1).map((name, index) => [name, images[index]!])),
  );

/** A tree, and in one of five a hostile text in the place of one of its texts. */
export const trees: fc.Arbitrary<TreeInput> = fc
  .record({ tree: sound, hostile: hostileText, place: fc.nat(), chance: fc.nat(4) })
  .map(({ tree, hostile, place, chance }) => (chance === 0 ? withText(tree, hostile, place) : tree));

/** The tree with a text in the place of one of its values that are texts, counted in order. */
function withText(tree: TreeInput, hostile: string, place: number): TreeInput {
  const count = textsOf(tree).length;
  let left = place % Math.max(count, 1);
  return replaceTexts(tree, (value) => (left-- === 0 ? hostile : value)) as TreeInput;
}

function textsOf(value: unknown): string[] {
  const texts: string[] = [];
  replaceTexts(value, (found) => (texts.push(found), found));
  return texts;
}

function replaceTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => replaceTexts(item, change));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceTexts(item, change)]))
    : value;
}

/** Lists in which the order means nothing. */
const UNORDERED = ['architectures', 'extensions', 'methods', 'packages', 'volumes'];

/** The same tree, told in the opposite order wherever the order means nothing. */
export function backwards<T>(value: T, key = ''): T {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => backwards(item));
    return (UNORDERED.includes(key) ? items.reverse() : items) as T;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([name, item]) => [name, backwards(item as unknown, name)]);
  return Object.fromEntries(entries.reverse()) as T;
}

export function appOf(tree: TreeInput): ImageApp {
  const app = Testing.app();
  for (const [name, { props, own: part }] of Object.entries(tree)) {
    new OwnPart(new ImageConstruct(app, name, props), 'own', (place) => {
      Object.entries(part.environment).forEach(([variable, value]) => place.addEnvironment(variable, value));
      part.packages.forEach((entry) => place.addPackage(entry));
      Object.entries(part.files).forEach(([target, content]) => place.addFile({ target, content }));
      part.services.forEach((service) => place.addLongRun({ name: service, command: ['/bin/true'] }));
    });
  }
  return app;
}
