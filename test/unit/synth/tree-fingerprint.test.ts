import { Construct, type IConstruct } from 'constructs';
import {
  Catalog,
  ImageApp,
  ImageConstruct,
  ImagePart,
  NginxConstruct,
  PhpFpmConstruct,
  Rules,
  type ContextFile,
  type ImageProps,
  type InputLock,
} from '../../../src';
import { shippedPlatform } from '../../../src/image';
import { lockedCatalog } from '../../../src/synth/locked-catalog';
import { treeFingerprint } from '../../../src/synth/tree-fingerprint';

type Change = (image: ImageConstruct, app: ImageApp) => unknown;

/** The fingerprint of an image with a change. */
function of(change: Change = () => undefined, props: Partial<ImageProps> = {}): string | undefined {
  const app = new ImageApp();
  const image = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', ...props });
  change(image, app);
  return treeFingerprint(app);
}

class Team extends Construct {
  readonly name = 'web';

  greet(): string {
    return this.name;
  }
}

class Quiet extends Construct {
  override toString(): string {
    return 'quiet';
  }
}

class QuieterStill extends Quiet {}

class Extra extends ImagePart {
  readonly team = 'web';

  tell(): string {
    return this.team;
  }
}

class Renders extends ImagePart {
  override renderFiles(): readonly ContextFile[] {
    return [];
  }
}

class RendersStill extends Renders {}

class OwnNginx extends NginxConstruct {
  override renderFiles(): readonly ContextFile[] {
    return [];
  }
}

class OwnImage extends ImageConstruct {
  override get patches(): ImageConstruct['patches'] {
    return [];
  }
}

class SymbolImage extends ImageConstruct {
  get [Symbol.toStringTag](): string {
    return 'image';
  }
}

const LOCK: InputLock = { version: 1, packages: 'live', bases: {}, keys: {} };

/** The shipped catalogue, with a lock over it. */
function locked(lock: Partial<InputLock> = {}): Catalog {
  return lockedCatalog(Catalog.shipped(), { ...LOCK, ...lock });
}

/** Props of an image of a catalogue. */
function onCatalog(catalog: Catalog): Partial<ImageProps> {
  return { platform: shippedPlatform('debian', catalog)! };
}

describe('the fingerprint of a tree', () => {
  it('is the same for trees that are equal', () => {
    expect(of()).toMatch(/^[0-9a-f]{64}$/);
    expect(of()).toBe(of());
    expect(of((image) => new Extra(image, 'extra'))).toBe(of((image) => new Extra(image, 'extra')));
    expect(of(undefined, onCatalog(locked()))).toBe(of(undefined, onCatalog(locked())));
  });

  it.each<[string, Change, Partial<ImageProps>?]>([
    ['a construct', (_, app) => new Construct(app, 'team')],
    ['a construct below an image', (image) => new Construct(image, 'team')],
    ['a class of one’s own that only adds', (_, app) => new Team(app, 'team')],
    ['a part of an image that only adds', (image) => new Extra(image, 'extra')],
    [
      'an image of a class that adds a symbol',
      (_, app) => new SymbolImage(app, 'blog', { php: '8.4', platform: 'debian' }),
    ],
    ['a package', (image) => image.addPackage('tree')],
    ['a package of a part', ({ nginx }) => nginx.addPackage('tree')],
    ['a setting of the pool', ({ php }) => php.adminSettings.set('memory_limit', '1G')],
    ['a release', () => undefined, { release: 'bookworm', php: '8.2' }],
    ['a PHP', () => undefined, { php: '8.3' }],
    ['architectures', () => undefined, { architectures: ['arm64'] }],
    ['a platform', () => undefined, { platform: 'alpine' }],
    ['a value of the configuration', () => undefined, { nginx: { gzip: false } }],
    ['a lock', () => undefined, onCatalog(locked())],
    ['another lock', () => undefined, onCatalog(locked({ endOfLife: { 'php 8.4': { date: '2030-01-01' } } }))],
  ])('is another with %s', (_, ...[change, props]) => {
    const fingerprint = of(change, props);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprint).not.toBe(of());
    expect(fingerprint).toBe(of(change, props));
  });

  it('tells locks apart', () => {
    const dates = [undefined, { 'php 8.4': { date: '2030-01-01' } }, { 'php 8.4': { date: '2031-01-01' } }];
    const locks = dates.map((endOfLife) => of(undefined, onCatalog(locked(endOfLife && { endOfLife }))));
    expect(new Set([of(), ...locks]).size).toBe(4);
  });

  it('tells where one construct ends and the next begins', () => {
    const trees = [['a', 'b'], ['ab'], ['a', 'b', 'c'], ['a', 'bc']].map((ids) =>
      of((_, app) => ids.forEach((id) => new Construct(app, id))),
    );
    expect(new Set(trees).size).toBe(4);
  });

  it.each<[string, Change, Partial<ImageProps>?]>([
    ['a construct that says what it is otherwise', (_, app) => new Quiet(app, 'quiet')],
    ['one whose class is made of such a one', (_, app) => new QuieterStill(app, 'quiet')],
    ['a part that renders files', (image) => new Renders(image, 'own')],
    ['a part whose class is made of such a one', (image) => new RendersStill(image, 'own')],
    ['an nginx of one’s own', (image) => new OwnNginx(image, 'own')],
    ['an image that tells otherwise', (_, app) => new OwnImage(app, 'own', { php: '8.4', platform: 'debian' })],
    ['a method that was put on a part', ({ cron }) => Object.assign(cron, { renderFiles: () => [] })],
    [
      'a method that was put on a construct',
      (_, app) => Object.assign(new Construct(app, 'a'), { toString: () => '' }),
    ],
    ['a construct of another kind', (_, app) => Object.setPrototypeOf(new Construct(app, 'a'), {})],
    [
      'a construct of no kind',
      (_, app) => Object.setPrototypeOf(new Construct(app, 'a'), Object.create(null) as object),
    ],
    ['a rule of the whole tree', (_, app) => Rules.of(app).add({ name: 'own', rules: [] })],
    ['a rule of a construct', (_, app) => Rules.of(new Construct(app, 'a')).add({ name: 'own', rules: [] })],
    ['a rule of an image', (image) => Rules.of(image).add({ name: 'own', rules: [] })],
    ['a change of a text', (image) => image.patchFile('nginx.conf', (text) => text)],
    ['a directory of an application', (image) => image.addApplication({ paths: ['public'] })],
    ['a directory of an application of a part', ({ php }) => php.addApplication({ paths: ['public'] })],
    ['a file that has no text', (image) => image.addFile({ target: '/x', content: 'x', mode: Number.NaN } as never)],
    ['a setting that has no text', ({ php }) => php.adminSettings.set('memory_limit', Number.NaN)],
    [
      'a platform of one’s own',
      () => undefined,
      { platform: Object.create(shippedPlatform('debian', Catalog.shipped())!) as never },
    ],
    ['a catalogue of one’s own', () => undefined, onCatalog(lockedCatalog(locked(), LOCK))],
  ])('is unknown with %s', (_, ...[change, props]) => {
    expect(of(change, props)).toBeUndefined();
  });

  it.each(['php', 'nginx', 's6', 'cron'] as const)('is unknown where the %s of an image is not its own', (part) => {
    const change: Change = (image, app) => {
      const other = new ImageConstruct(app, 'blog', { php: '8.4', platform: 'debian' });
      Object.assign(image, { [part]: other[part] });
    };
    expect(of(change)).toBeUndefined();
  });

  it('is of that part of a tree that is asked for', () => {
    const app = new ImageApp();
    const scope = new Construct(app, 'scope');
    Rules.of(new Construct(app, 'other')).add({ name: 'own', rules: [] });
    const fingerprints = [app, scope].map((root: IConstruct) => treeFingerprint(root));
    expect(fingerprints).toEqual([undefined, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('knows a class whatever was asked of others before', () => {
    const part: Change = (image) => new PhpFpmConstruct(image, 'second');
    expect([of(part), of(part)]).toEqual([of(part), expect.any(String)]);
  });
});
