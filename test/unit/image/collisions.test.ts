import { Construct } from 'constructs';
import { OwnPart, problemsOfPart, SHOP, shopApp } from './support';
import { ImageConstruct, ImagePart, Testing, type ContextFile } from '../../../src';

test('two constructs that bring a file to one path are told of each other', () => {
  // GIVEN
  const { app, shop } = shopApp();
  new OwnPart(shop, 'one', (part) => part.addFile({ target: '/etc/app.conf', content: '1' }));
  new OwnPart(shop, 'two', (part) => part.addFile({ target: '/etc/app.conf', content: '2' }));
  // WHEN, THEN
  expect(Testing.problems(app)).toEqual([
    { where: 'shop/two', what: '/etc/app.conf is also a file of shop/one', next: 'give one of the two another path' },
  ]);
});

test('a file of the image itself cannot be replaced by accident', () => {
  const [problem] = problemsOfPart((part) => part.addFile({ target: '/etc/nginx/nginx.conf', content: '' }));
  expect(problem).toMatchObject({ where: 'shop/own', what: '/etc/nginx/nginx.conf is also a file of shop/nginx' });
});

test('one construct cannot bring two files to one path', () => {
  const problems = problemsOfPart((part) => {
    part.addFile({ target: '/etc/app.conf', content: '1' });
    part.addFile({ target: '/etc/app.conf', content: '1' });
  });
  expect(problems).toEqual([expect.objectContaining({ what: '/etc/app.conf is also a file of the same construct' })]);
});

test('a file cannot lie below a file', () => {
  const problems = problemsOfPart((part) => {
    part.addFile({ target: '/etc/app', content: '' });
    part.addFile({ target: '/etc/app/worker.conf', content: '' });
    part.addFile({ target: '/etc/app.d/worker.conf', content: '' });
  });
  expect(problems).toEqual([
    expect.objectContaining({
      where: 'shop/own',
      what: '/etc/app/worker.conf lies below /etc/app, which is a file of shop',
    }),
  ]);
});

test('two build steps of one name are refused', () => {
  const { app, shop } = shopApp();
  new OwnPart(shop, 'one', (part) => part.addBuildStep({ name: 'warm-up', script: 'true' }));
  new OwnPart(shop, 'two', (part) => part.addBuildStep({ name: 'warm-up', script: 'false' }));
  expect(Testing.problems(app)[0]).toMatchObject({ where: 'shop/two', what: 'two build steps are named warm-up' });
});

/** A construct that renders files itself. */
class Renderer extends ImagePart {
  constructor(
    scope: ImageConstruct,
    private readonly files: readonly ContextFile[],
  ) {
    super(scope, 'renderer');
  }

  override renderFiles(): readonly ContextFile[] {
    return this.files;
  }
}

function problemsOfFiles(...files: ReadonlyArray<Pick<ContextFile, 'path' | 'target'>>) {
  const { app, shop } = shopApp();
  new Renderer(
    shop,
    files.map((file) => ({ content: '', executable: false, ...file })),
  );
  return Testing.problems(app);
}

test.each([
  '../escape',
  '../../etc/cron.d/x',
  'a/../../b',
  '/etc/passwd',
  './a',
  'a//b',
  'a/',
  '',
  '.',
  '..',
  'a\nb',
  'a b',
  'a\0',
])('the path %j of a rendered file leaves the context or is none', (path) => {
  expect(problemsOfFiles({ path })).toContainEqual(
    expect.objectContaining({
      where: 'shop/renderer',
      what: `${JSON.stringify(path)} is not a path inside the build context`,
    }),
  );
});

test.each(['relative', '/a/../b', '/a b', '/$(reboot)', '/', '/a\n'])(
  'the target %j of a rendered file is refused',
  (target) => {
    expect(problemsOfFiles({ path: 'a', target })).toContainEqual(
      expect.objectContaining({
        where: 'shop/renderer',
        what: `${JSON.stringify(target)} is not an absolute path in the image`,
      }),
    );
  },
);

test.each(['Dockerfile', '.dockerignore', 'scripts/assemble.sh', 'scripts/rootfs.sh'])(
  'a rendered file cannot take the place of %s',
  (path) => {
    expect(problemsOfFiles({ path })).toEqual([
      expect.objectContaining({ where: 'shop', what: `two files of the context are named ${path}` }),
    ]);
  },
);

test('two rendered files of one path are refused, and a file of the context below another one', () => {
  expect(problemsOfFiles({ path: 'a' }, { path: 'a' })).toEqual([
    expect.objectContaining({ where: 'shop/renderer', what: 'a is also a file of the same construct' }),
  ]);
  expect(problemsOfFiles({ path: 'nginx.conf/a' })).toEqual([
    expect.objectContaining({
      where: 'shop',
      what: 'nginx.conf/a lies below nginx.conf, which is a file of the context',
    }),
  ]);
});

test('two images of one name in different places are refused', () => {
  // GIVEN
  const { app } = shopApp();
  const group = new Construct(app, 'group');
  new ImageConstruct(group, 'shop', SHOP);
  // WHEN, THEN
  expect(Testing.problems(app)).toEqual([
    expect.objectContaining({
      where: 'group/shop',
      what: 'another image is named shop',
      next: 'give one of the two another id',
    }),
  ]);
});

test('two images of one name in one place are refused by the tree itself', () => {
  const { app } = shopApp();
  expect(() => new ImageConstruct(app, 'shop', SHOP)).toThrow(
    "There is already a Construct with name 'shop' in ImageApp",
  );
});
