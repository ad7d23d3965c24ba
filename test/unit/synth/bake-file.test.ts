import fc from 'fast-check';
import { ImageApp, ImageConstruct, Testing } from '../../../src';

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
});
