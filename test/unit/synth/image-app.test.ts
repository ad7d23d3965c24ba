import { join } from 'node:path';
import { contents, removeTemporaryDirectories, temporaryDirectory } from './support';
import { Catalog, collectInputs, ImageApp, ImageConstruct, Testing } from '../../../src';

afterEach(removeTemporaryDirectories);

const SHOP = { php: '8.4', platform: 'debian', architectures: ['amd64'] } as const;

describe('an app of its own', () => {
  it.each([
    ['output, where nothing else is said', {}, 'output'],
    ['the directory that it is given', { outdir: 'elsewhere/of images' }, 'elsewhere/of images'],
  ])('writes into %s', (_, props, outdir) => {
    expect(new ImageApp(props).outdir).toBe(outdir);
  });

  it('writes what its tree is rendered as', () => {
    // GIVEN
    const outdir = join(temporaryDirectory(), 'images');
    const app = new ImageApp({ outdir });
    new ImageConstruct(app, 'shop', SHOP);
    // WHEN
    const { written } = app.synth();
    // THEN
    const { paths, file } = Testing.synth(app);
    expect([...written].sort()).toEqual(paths);
    expect(contents(outdir)['shop/amd64/Dockerfile']).toBe(file('shop/amd64/Dockerfile'));
  });

  it('gives its images the facts of its catalogue', () => {
    // GIVEN
    const shipped = Catalog.shipped();
    const release = shipped.release('debian', 'trixie')!;
    const base = { ...release.base, tag: 'of-my-own' };
    const catalog = shipped.with({ releases: { debian: [{ ...release, base }] } });
    // WHEN
    const images = [new ImageApp({ catalog }), new ImageApp()].map((app) => new ImageConstruct(app, 'shop', SHOP));
    // THEN
    expect(images.map(({ target }) => target.release.base.tag)).toEqual(['of-my-own', release.base.tag]);
  });

  it('says of each input that its lock lacks where it stands and what to do', () => {
    // GIVEN
    const other = new ImageApp();
    new ImageConstruct(other, 'blog', { ...SHOP, platform: 'alpine' });
    const app = new ImageApp({ lock: collectInputs(other) });
    new ImageConstruct(app, 'shop', SHOP);
    // WHEN
    const problems = Testing.problems(app);
    // THEN
    expect(problems).toEqual([
      expect.objectContaining({
        where: 'the app',
        what: expect.stringMatching(/^the base debian trixie is not in the lock: add it /) as string,
      }),
    ]);
  });
});
