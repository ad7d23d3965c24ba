import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorOf } from './support';
import {
  Application,
  Catalog,
  collectInputs,
  ImageApp,
  ImageConstruct,
  readInputLock,
  Testing,
  type ApplicationProps,
  type BaseImageFacts,
  type ImageProps,
  type InputLock,
} from '../../../src';
import { findUnlocked } from '../../../src/synth/input-lock';

const OTHER = `sha256:${'a'.repeat(64)}`;

/** An app with an image of each kind of input: a base, a key, s6-overlay. */
function appWith(lock?: InputLock): ImageApp {
  const app = new ImageApp({ lock });
  new ImageConstruct(app, 'shop', { php: '8.3', platform: 'debian', s6: { source: 'overlay' } });
  return app;
}

/** An app with an image that has an application, whose code Composer completes as it is told. */
function appOf(props: Partial<ImageProps>, composer?: ApplicationProps['composer']): ImageApp {
  const app = new ImageApp();
  const shop = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', ...props });
  new Application(shop, 'application', { paths: ['public'], composer });
  return app;
}

describe('the lock of the inputs', () => {
  it('holds every input of a tree: base digests, the checksums of downloads, the keys of repositories', () => {
    const inputs = collectInputs(appWith());
    expect(Object.keys(inputs.bases)).toEqual(['debian trixie']);
    expect(Object.keys(inputs.keys)).toEqual(['sury']);
    expect(inputs.s6Overlay?.arch.arm64.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(inputs.packages).toBe('live');
  });

  it('changes nothing when it says what the catalogue says', () => {
    const lock = collectInputs(appWith());
    expect(Testing.synth(appWith(lock)).manifest).toEqual(Testing.synth(appWith()).manifest);
  });

  it('stands before the catalogue', () => {
    // GIVEN
    const lock = collectInputs(appWith());
    lock.bases['debian trixie']!.digests!.arm64 = OTHER;
    // WHEN
    const { file } = Testing.synth(appWith(lock));
    // THEN
    expect(file('shop/arm64/Dockerfile')).toContain(`@${OTHER} AS base`);
    expect(file('shop/amd64/Dockerfile')).not.toContain(OTHER);
  });

  it('refuses an image with an input that it does not hold', () => {
    // GIVEN
    const lock = { ...collectInputs(appWith()), bases: {}, keys: {}, s6Overlay: undefined };
    // WHEN
    const problems = Testing.problems(appWith(lock));
    // THEN
    expect(problems.map(({ what }) => what)).toEqual([
      expect.stringContaining('debian trixie is not in the lock'),
      expect.stringContaining('the key of sury is not in the lock'),
      expect.stringContaining('s6-overlay is not in the lock'),
    ]);
  });

  it.each<[string, ApplicationProps['composer']]>([
    ['Composer of the distribution', undefined],
    ['no Composer', false],
  ])('has no download where an image needs none, with %s', (_, composer) => {
    // GIVEN
    const app = appOf({}, composer);
    // WHEN
    const inputs = collectInputs(app);
    // THEN
    expect(Object.keys(inputs)).toEqual(['$schema', 'version', 'packages', 'bases', 'keys']);
    expect(inputs.keys).toEqual({});
    expect(findUnlocked(app, inputs)).toEqual([]);
  });

  it('has of each download and key what a build asks of it, and not where that is known from', () => {
    // GIVEN
    const { s6Overlay, composer } = Catalog.shipped();
    const { url, sha256, fingerprint, expires } = Catalog.shipped().repository('sury')!.key;
    // WHEN
    const inputs = collectInputs(appOf({ php: '8.3', s6: { source: 'overlay' } }, 'download'));
    // THEN
    const { noarch, arch } = s6Overlay;
    expect(inputs.s6Overlay).toEqual({ version: s6Overlay.version, url: s6Overlay.url, noarch, arch });
    expect(inputs.composer).toEqual({ version: composer.version, url: composer.url, sha256: composer.sha256 });
    expect(inputs.keys).toEqual({ sury: { url, sha256, fingerprint, expires } });
  });

  it.each<[string, string, string, keyof BaseImageFacts]>([
    ['the digests, where they are known', 'ubuntu', '24.04', 'digests'],
    ['the digests alone, where the index is known too', 'alpine', '3.24', 'digests'],
    ['the index, where nothing else is known', 'alpine', '3.20', 'index'],
  ])('has of a base %s', (_, platform, release, known) => {
    // GIVEN
    const base = Catalog.shipped().release(platform, release)!.base;
    const app = new ImageApp();
    new ImageConstruct(app, 'shop', { php: '8.3', platform, release });
    // WHEN
    const inputs = collectInputs(app);
    // THEN
    const { repository, tag } = base;
    expect(inputs.bases).toStrictEqual({ [`${platform} ${release}`]: { repository, tag, [known]: base[known] } });
  });

  it('has the bases of all images, each once, by their names', () => {
    const app = new ImageApp();
    ['ubuntu', 'debian', 'alpine', 'debian'].forEach(
      (platform, index) => new ImageConstruct(app, `shop-${index}`, { php: '8.4', platform }),
    );
    expect(Object.keys(collectInputs(app).bases)).toEqual(['alpine 3.24', 'debian trixie', 'ubuntu 24.04']);
  });

  it.each<[string, (lock: InputLock) => InputLock, string[]]>([
    ['nothing', (lock) => lock, []],
    [
      'a base',
      (lock) => ({ ...lock, bases: { 'debian bookworm': lock.bases['debian trixie']! } }),
      ['the base debian'],
    ],
    ['a key', (lock) => ({ ...lock, keys: { other: lock.keys.sury! } }), ['the key of sury']],
    ['s6-overlay', (lock) => ({ ...lock, s6Overlay: undefined }), ['s6-overlay is not']],
    ['Composer', (lock) => ({ ...lock, composer: undefined }), ['Composer is not']],
  ])('lets a tree know that it lacks %s', (_, change, lacking) => {
    // GIVEN
    const app = appOf({ php: '8.3', s6: { source: 'overlay' } }, 'download');
    // WHEN
    const problems = findUnlocked(app, change(collectInputs(app)));
    // THEN
    expect(problems.map(({ where, what }) => [where, what])).toEqual(
      lacking.map((what) => ['lock.json', expect.stringContaining(what)]),
    );
  });

  describe('as a file', () => {
    let directory: string;
    beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'input-lock-'))));
    afterEach(() => rmSync(directory, { recursive: true }));

    it('is read back as it was written', () => {
      const lock = collectInputs(appWith());
      writeFileSync(join(directory, 'lock.json'), JSON.stringify(lock));
      expect(readInputLock(join(directory, 'lock.json'))).toEqual(lock);
    });

    it('may be missing', () => {
      expect(readInputLock(join(directory, 'lock.json'))).toBeUndefined();
    });

    it.each([
      '{',
      '{"version": 2}',
      '{"version":1,"packages":"live","bases":{"debian trixie":{"repository":"r","tag":"t"}},"keys":{}}',
    ])('is refused when it cannot be understood: %s', (text) => {
      writeFileSync(join(directory, 'lock.json'), text);
      expect(() => readInputLock(join(directory, 'lock.json'))).toThrow(/^CONFIG_LOAD_ERROR/);
    });

    it('is told of with each place in it that is wrong', () => {
      // GIVEN
      const path = join(directory, 'lock.json');
      const { bases, ...rest } = collectInputs(appWith());
      const base = { ...bases['debian trixie'], tag: 13 };
      writeFileSync(path, JSON.stringify({ ...rest, bases: { 'debian trixie': base }, packages: 'dead' }));
      // WHEN
      const { details } = errorOf(() => readInputLock(path));
      // THEN
      expect(details.map(({ where, what }) => [where, what.split(': ')[0]])).toEqual([
        [path, 'packages'],
        [path, 'bases.debian trixie.tag'],
      ]);
    });

    it('is told of where it is no JSON', () => {
      const path = join(directory, 'lock.json');
      writeFileSync(path, '{');
      const { details } = errorOf(() => readInputLock(path));
      expect(details).toEqual([
        expect.objectContaining({ where: path, what: expect.stringMatching(/JSON/) as string }),
      ]);
    });

    it('is not missing where it cannot be read', () => {
      expect(() => readInputLock(directory)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
    });
  });
});
