import { Construct } from 'constructs';
import { BESIDE_IMAGES, contents, errorOf, removeTemporaryDirectories, temporaryDirectory } from './support';
import { Application, ImageApp, ImageConstruct, Rules, Testing, type Rule } from '../../../src';
import { BrokenPart, OwnPart, SHOP, shopApp } from '../image/support';

afterEach(removeTemporaryDirectories);

test('what a construct’s own validation says is reported with its path, also outside of an image', () => {
  // GIVEN
  const { app, shop } = shopApp();
  new Construct(shop, 'queue').node.addValidation({ validate: () => ['the queue has no name', 'and no end'] });
  new Construct(app, 'elsewhere').node.addValidation({ validate: () => ['this is wrong'] });
  app.node.addValidation({ validate: () => ['there are too few images'] });
  // WHEN
  const problems = Testing.problems(app);
  // THEN
  expect(problems.map(({ where, what }) => [where, what])).toEqual([
    ['the app', 'there are too few images'],
    ['shop/queue', 'the queue has no name'],
    ['shop/queue', 'and no end'],
    ['elsewhere', 'this is wrong'],
  ]);
});

test('a validation that is content stops nothing', () => {
  const { app, shop } = shopApp();
  shop.node.addValidation({ validate: () => [] });
  expect(Testing.problems(app)).toEqual([]);
});

test('the problems of all images are told at once, those that show when they are rendered too', () => {
  // GIVEN
  const app = Testing.app();
  new ImageConstruct(app, 'one', { ...SHOP, nginx: { port: 0 } });
  const two = new ImageConstruct(app, 'two', SHOP);
  new OwnPart(two, 'own', (part) => part.addLongRun({ name: 'worker', command: ['/bin/true'], dependsOn: ['nobody'] }));
  const three = new ImageConstruct(app, 'three', SHOP);
  new OwnPart(three, 'own', (part) => part.addFile({ target: '/etc/php-fpm.conf', content: '' }));
  // WHEN
  const { details, message, exitStatus } = errorOf(() => Testing.synth(app));
  // THEN
  expect(details.map(({ where }) => where)).toEqual(['one', 'three/own', 'two/s6 (service worker)']);
  expect(message).toMatch(/^VALIDATION_ERROR: 3 problems\n/);
  expect(exitStatus).toBe(11);
});

test('nothing is written when anything is wrong, and the output that was there stays', () => {
  // GIVEN
  const outdir = temporaryDirectory();
  const synth = (...ports: number[]) => {
    const app = new ImageApp({ outdir });
    ports.forEach((port, index) => new ImageConstruct(app, `shop-${index}`, { ...SHOP, nginx: { port } }));
    return app.synth({ force: true });
  };
  synth(8080);
  const before = contents(outdir);
  // WHEN
  const error = errorOf(() => synth(8082, 0));
  // THEN
  expect(error.details.map(({ where }) => where)).toEqual(['shop-1']);
  expect(contents(outdir)).toEqual(before);
});

test('an exception of a person’s own code is not hidden', () => {
  const { app, shop } = shopApp();
  new BrokenPart(shop, 'broken', () => undefined);
  expect(() => Testing.synth(app)).toThrow(new RangeError('mine'));
});

test('an app without images is an empty assembly', () => {
  const { manifest, paths } = Testing.synth(Testing.app());
  expect(manifest.images).toEqual({});
  expect([...paths, 'manifest.json']).toEqual(BESIDE_IMAGES);
});

test('Testing.synth names the files that there are when one is asked for that is not', () => {
  expect(() => Testing.synth(shopApp().app).file('nginx.conf')).toThrow(
    /there is no file nginx\.conf; there are: compliance\.json, .*, shop\/README\.md/,
  );
});

test('a part of an image that stands outside of one is refused where it stands, with what it contributes', () => {
  // GIVEN
  const { app } = shopApp();
  const folder = new Construct(app, 'folder');
  new OwnPart(folder, 'lost', (part) => part.addPackage('No Package'));
  // WHEN
  const problems = Testing.problems(app);
  // THEN
  expect(problems.map(({ where, what }) => [where, what])).toEqual([
    ['folder/lost', expect.stringContaining('outside of an image')],
    ['folder/lost', expect.stringContaining('No Package')],
  ]);
});

test('a problem that a part notes is told before what is wrong with what it contributes', () => {
  const { app, shop } = shopApp();
  new OwnPart(shop, 'own', (part) => {
    part.addPackage('No Package');
    part.addProblem({ what: 'it is wrong', next: 'mend it' });
  });
  expect(Testing.problems(app).map(({ where, what }) => [where, what])).toEqual([
    ['shop/own', 'it is wrong'],
    ['shop/own', expect.stringContaining('No Package')],
  ]);
});

test('two rules of one’s own with one id are told of once for each image', () => {
  // GIVEN
  const app = Testing.app();
  ['one', 'two'].forEach((id) => new ImageConstruct(app, id, SHOP));
  const text = { statement: 'it is so', why: 'it is better', next: 'mend it', sources: [] };
  const rule: Rule = { id: 'OWN-001', severity: 'LOW', kind: 'invariant', check: () => [], ...text };
  Rules.of(app).add({ name: 'own', rules: [rule, { ...rule }] });
  // WHEN, THEN
  expect(Testing.problems(app).map(({ where, what }) => [where, what])).toEqual(
    ['one', 'two'].map((id) => [id, expect.stringContaining('OWN-001')]),
  );
});

test('what is wrong with the application of an image is told once', () => {
  const { app, shop } = shopApp();
  new Application(shop, 'application', { paths: ['public', '../secret'] });
  expect(Testing.problems(app).map(({ where }) => where)).toEqual(['shop/application']);
});

test('each image whose name another one has already is told of, after all else', () => {
  // GIVEN
  const app = Testing.app();
  const scopes = ['a', 'b', 'c'].map((id) => new Construct(app, id));
  scopes.forEach((scope) => new ImageConstruct(scope, 'shop', SHOP));
  new ImageConstruct(app, 'blog', { ...SHOP, nginx: { port: 0 } });
  // WHEN, THEN
  expect(Testing.problems(app).map(({ where }) => where)).toEqual(['blog', 'b/shop', 'c/shop']);
});

test.each(BESIDE_IMAGES)('an image cannot take the place of %s', (name) => {
  const app = Testing.app();
  new ImageConstruct(app, name, SHOP);
  expect(Testing.problems(app).map(({ what }) => what)).toEqual([`"${name}" cannot be the name of an image`]);
});
