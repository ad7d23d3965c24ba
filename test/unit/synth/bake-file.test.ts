import fc from 'fast-check';
import { Application, ImageApp, ImageConstruct, Testing, type Manifest } from '../../../src';
import { bakeFile } from '../../../src/synth/bake-file';

interface Bake {
  readonly group: Readonly<Record<string, { readonly targets: readonly string[] }>>;
  readonly target: Readonly<Record<string, { readonly context: string }>>;
}

function bakeOf(ids: readonly string[]): Bake {
  const app = new ImageApp();
  ids.forEach((id) => new ImageConstruct(app, id, { php: '8.4', platform: 'debian' }));
  return JSON.parse(Testing.synth(app).file('docker-bake.json')) as Bake;
}

/** The contexts that bake builds where it is asked for a group: a name is that of a group, or else of a target. */
function contextsOf({ group, target }: Bake, name: string): string[] {
  return group[name]
    ? group[name].targets.flatMap((inner) => contextsOf({ group, target }, inner))
    : [target[name]!.context];
}

/** Ids that are made of what names are told apart by. */
const IDS = fc.uniqueArray(
  fc
    .array(fc.constantFrom('a', 'b', '.', '_', '-', '.amd64', '.arm64', '_arm64', 'default'), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => parts.join(''))
    .filter((id) => /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/.test(id) && !id.includes('..')),
  { minLength: 1, maxLength: 6 },
);

/** The manifest's images of an app with `shop`, whose code is brought in by the build. */
function imagesOfShop(): Manifest['images'] {
  const app = Testing.app();
  const shop = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian' });
  new Application(shop, 'application', { paths: ['public'], directory: 'code', composer: false });
  return Testing.synth(app).manifest.images;
}

describe('docker-bake.json', () => {
  it('has a group for each image, a target for each architecture, and a group of all', () => {
    const { group, target } = bakeOf(['shop-8.4', 'my_app']);
    expect(Object.keys(group)).toEqual(['default', 'my__app', 'shop-8_4']);
    expect(Object.keys(target)).toEqual(['my__app_amd64', 'my__app_arm64', 'shop-8_4_amd64', 'shop-8_4_arm64']);
  });

  it('has an image of the name default beside the group of all', () => {
    const bake = bakeOf(['default', 'shop']);
    expect(contextsOf(bake, 'Default')).toEqual(['default/amd64', 'default/arm64']);
    expect(contextsOf(bake, 'default')).toHaveLength(4);
  });

  it('builds the contexts of every image, whatever their names are', () => {
    fc.assert(
      fc.property(IDS, (ids) => {
        // WHEN
        const bake = bakeOf(ids);
        // THEN
        const contexts = ids.flatMap((id) => [`${id}/amd64`, `${id}/arm64`]);
        expect(contextsOf(bake, 'default').sort()).toEqual(contexts.sort());
        expect(Object.keys(bake.group)).toHaveLength(ids.length + 1);
        const groups = Object.keys(bake.group).filter((name) => name !== 'default');
        const built = groups.map((name) => contextsOf(bake, name).map((context) => context.split('/')[0]));
        expect(built.map((names) => new Set(names).size)).toEqual(groups.map(() => 1));
      }),
      { numRuns: 60 },
    );
  });

  it('has variables for what is not known before a build', () => {
    const { variable } = JSON.parse(Testing.synth(Testing.app()).file('docker-bake.json')) as Record<string, unknown>;
    expect(variable).toEqual({ REGISTRY: { default: 'docker.io/library' }, TAG: { default: 'latest' } });
  });

  it('says of each target what is built, and how', () => {
    expect(bakeOf(['my_app']).target).toEqual({
      my__app_amd64: {
        context: 'my_app/amd64',
        platforms: ['linux/amd64'],
        tags: ['${REGISTRY}/my_app:${TAG}-amd64'],
        attest: ['type=provenance,mode=max', 'type=sbom'],
      },
      my__app_arm64: expect.objectContaining({
        context: 'my_app/arm64',
        platforms: ['linux/arm64'],
        tags: ['${REGISTRY}/my_app:${TAG}-arm64'],
      }) as unknown,
    });
  });

  it('gives a build the code of the application as the stage that it takes the place of', () => {
    const bake = JSON.parse([...bakeFile(imagesOfShop()).texts].join('')) as Bake;
    expect(bake.target.shop_arm64).toMatchObject({ contexts: { application: '../code' } });
  });

  it.each([
    ['shop.amd64', 'shopDamd64'],
    ['shop.arm64', 'shopDarm64'],
    ['shop.amd64.1', 'shop_amd64_1'],
    ['shop.arm', 'shop_arm'],
    ['a._b', 'aD__b'],
    ['a_.b', 'a__Db'],
    ['a.b_c.d', 'a_b__c_d'],
    ['default', 'Default'],
    ['default.1', 'default_1'],
  ])('names the group of the image %s %s', (id, name) => {
    const { group } = bakeOf([id]);
    expect(group).toEqual({
      default: { targets: [name] },
      [name]: { targets: [`${name}_amd64`, `${name}_arm64`] },
    });
  });

  it('is the same in whatever order the images of a manifest, and their architectures, stand', () => {
    // GIVEN
    const shop = imagesOfShop().shop!;
    const architectures = Object.fromEntries(Object.entries(shop.architectures).reverse());
    // WHEN
    const one = bakeFile({ blog: shop, shop });
    const other = bakeFile({ shop: { ...shop, architectures }, blog: shop });
    // THEN
    expect([...other.texts].join('')).toBe([...one.texts].join(''));
  });

  it('is a text as JSON.stringify writes it, each time that it is read', () => {
    // GIVEN
    const { path, texts } = bakeFile(imagesOfShop());
    // WHEN
    const [first, second] = [[...texts].join(''), [...texts].join('')];
    // THEN
    expect(path).toBe('docker-bake.json');
    expect(first).toBe(`${JSON.stringify(JSON.parse(first), null, 2)}\n`);
    expect(second).toBe(first);
  });
});
