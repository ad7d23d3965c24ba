import { ImageConstruct, Testing } from '../../../src';
import { BrokenPart, OwnPart, SHOP, shopApp } from '../image/support';

describe('Testing', () => {
  it('makes an app whose output is nowhere', () => {
    const app = Testing.app();
    expect(app.outdir).toBe('/dev/null');
    expect(() => app.synth()).toThrow(/^FILE_WRITE_ERROR/);
  });

  it('tells the paths by code point, also where one image has the name of another and more', () => {
    // GIVEN
    const app = Testing.app();
    ['shop', 'shop-api'].forEach((id) => new ImageConstruct(app, id, SHOP));
    // WHEN
    const { paths, manifest } = Testing.synth(app);
    // THEN the manifest goes image by image, and - stands before /
    const images = paths.map((path) => path.split('/')[0]!).filter((name) => name.startsWith('shop'));
    expect([...new Set(images)]).toEqual(['shop-api', 'shop']);
    expect(paths).toEqual(Object.keys(manifest.files).sort());
    expect(paths).not.toEqual(Object.keys(manifest.files));
  });

  it('gives the content of an empty file', () => {
    const { app, shop } = shopApp();
    new OwnPart(shop, 'own', (part) => part.addFile({ target: '/etc/empty', content: '' }));
    const { paths, file } = Testing.synth(app);
    const path = paths.find((name) => name.endsWith('/etc/empty'))!;
    expect(file(path)).toBe('');
  });

  it('knows no problem of a tree that can be synthesized', () => {
    expect(Testing.problems(shopApp().app)).toEqual([]);
  });

  it('does not take an exception of a person’s own code for a problem', () => {
    const { app, shop } = shopApp();
    new BrokenPart(shop, 'broken', () => undefined);
    expect(() => Testing.problems(app)).toThrow(new RangeError('mine'));
  });
});
