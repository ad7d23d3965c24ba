import { Aspects, ImageConstruct, Testing } from '../../../src';
import { prepareTree } from '../../../src/synth/prepare-tree';
import { OwnPart, SHOP, shopApp } from '../image/support';

describe('a tree is prepared', () => {
  it('with its images by name, in whatever order they were created', () => {
    // GIVEN
    const app = Testing.app();
    ['web', 'shop-api', 'blog', 'shop'].forEach((id) => new ImageConstruct(app, id, SHOP));
    // WHEN
    const { root, images } = prepareTree(app);
    // THEN
    expect(root).toBe(app);
    expect(images.map(({ node }) => node.id)).toEqual(['blog', 'shop', 'shop-api', 'web']);
  });

  it('with what its aspects add, and is closed then', () => {
    // GIVEN
    const { app, shop } = shopApp();
    Aspects.of(app).add({ visit: (node) => node === app && new ImageConstruct(app, 'added', SHOP) });
    // WHEN
    const { images, problems } = prepareTree(app);
    // THEN
    expect([images.map(({ node }) => node.id), problems]).toEqual([['added', 'shop'], []]);
    expect(() => shop.patchFile('nginx.conf', (text) => text)).toThrow(/is locked/);
    expect(() => Aspects.of(shop).add({ visit: () => undefined })).toThrow(/is locked/);
  });

  it('with what went wrong in an aspect, before what is wrong with the tree', () => {
    // GIVEN
    const { app, shop } = shopApp();
    new OwnPart(shop, 'own', (part) => part.addPackage('No Package'));
    const visit = (): never => {
      throw new Error('not today');
    };
    Aspects.of(shop.nginx).add({ visit });
    // WHEN, THEN
    expect(prepareTree(app).problems.map(({ where }) => where)).toEqual(['shop/nginx', 'shop/own']);
  });
});
