import { Construct } from 'constructs';
import { Aspects, Testing, type Aspect, type DeepPartial, type ImageConfig } from '../../../src';
import { shopApp } from '../image/support';

const NOTHING: Aspect = { visit: () => undefined };

describe('the aspects of a construct', () => {
  it('are one list, whoever asks for it', () => {
    const { app, shop } = shopApp();
    Aspects.of(app).add(NOTHING);
    expect(Aspects.of(app)).toBe(Aspects.of(app));
    expect(Aspects.of(app).all).toEqual([{ aspect: NOTHING, priority: 500 }]);
    expect(Aspects.of(shop).all).toEqual([]);
  });

  it.each([NaN, Infinity, '1' as unknown as number])('have a priority that is a number, not %p', (priority) => {
    const { shop } = shopApp();
    expect(() => Aspects.of(shop).add(NOTHING, { priority })).toThrow(/^shop: the priority .* is not a number$/);
  });

  it('are closed by the synthesis', () => {
    const { app, shop } = shopApp();
    Testing.synth(app);
    expect(() => Aspects.of(shop).add(NOTHING)).toThrow('shop is locked: add aspects before the synthesis');
    expect(() => Aspects.of(app).add(NOTHING)).toThrow('the app is locked');
  });
});

describe('an image, once the aspects have run,', () => {
  const { app, shop } = shopApp();
  Testing.synth(app);

  it.each<[string, () => unknown]>([
    ['constructs', () => new Construct(shop, 'late')],
    ['packages', () => shop.addPackage('curl')],
    ['files', () => shop.addFile({ target: '/opt/x', content: '' })],
    ['long-running services', () => shop.nginx.addLongRun({ name: 'x', command: ['/bin/x'] })],
    ['one-shots', () => shop.php.addOneShot({ name: 'x', command: ['/bin/x'] })],
    ['cron jobs', () => shop.cron.addCronJob({ name: 'x', schedule: '@daily', command: ['/bin/x'] })],
    ['environment', () => shop.s6.addEnvironment('A', 'b')],
    ['ports', () => shop.addPort(9000)],
    ['steps of the build', () => shop.addBuildStep({ name: 'x', script: '' })],
    ['changes of texts', () => shop.patchFile('nginx.conf', (text) => text)],
    ['configuration', () => shop.configure({ nginx: { port: 8081 } }, 'late')],
    ['settings of the pool', () => shop.php.adminSettings.set('enable_dl', true)],
    ['taking away of settings', () => shop.php.adminSettings.delete('enable_dl')],
    ['clearing of settings', () => shop.php.adminSettings.clear()],
    ['another list', () => Object.assign(shop.contributions, { packages: [] })],
  ])('takes no more %s', (_, change) => {
    const before = Testing.synth(app).manifest;
    expect(change).toThrow();
    expect(Testing.synth(app).manifest).toEqual(before);
  });
});

describe('what an aspect changes of an image', () => {
  it('is a layer of the configuration that everything follows', () => {
    const { app, shop } = shopApp();
    Aspects.of(app).add({
      visit: (node) =>
        node === shop ? shop.configure({ php: { memoryLimit: '64M' } }, 'aspect LowMemory') : undefined,
    });
    expect(Testing.synth(app).file('shop/amd64/config/php.ini')).toContain('memory_limit = 64M');
    expect(shop.configOrigin('php.memoryLimit')).toBe('aspect LowMemory');
  });

  it.each<[string, DeepPartial<ImageConfig>]>([
    ['nginx.port', { nginx: { port: 8090 } }],
    ['php.extensions', { php: { extensions: ['redis'] } }],
    ['php.version', { php: { version: '8.3' } }],
    ['s6.source', { s6: { source: 'overlay' } }],
    ['s6.stopTimeout', { s6: { stopTimeout: 60 } }],
    ['volumes', { volumes: ['/srv/data'] }],
  ])('cannot be %s, which was read before', (path, values) => {
    const { app, shop } = shopApp();
    Aspects.of(app).add({ visit: (node) => (node === shop ? shop.configure(values, 'aspect Late') : undefined) });
    const [problem] = Testing.problems(app);
    expect(problem).toMatchObject({
      where: 'shop',
      what: `aspect Late changes ${path}, which was read when the constructs of the image were created`,
      next: `give ${path} in the props of the image`,
    });
  });

  it('is refused where the schema refuses it', () => {
    const { app, shop } = shopApp();
    Aspects.of(app).add({
      visit: (node) => (node === shop ? shop.configure({ php: { memoryLimit: 'lots' } }, 'aspect Greedy') : undefined),
    });
    expect(
      Testing.problems(app)
        .map(({ what }) => what)
        .join(),
    ).toContain('memoryLimit');
  });

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['object', { includes: () => false }],
  ])('is a text, and no %s', (kind, given) => {
    const { app, shop } = shopApp();
    shop.patchFile('README.md', () => given as unknown as string);
    expect(Testing.problems(app)).toEqual([
      {
        where: 'shop',
        what: `what patchFile calls for "README.md" gives ${kind}, not a text`,
        next: 'give back the whole text of the file',
      },
    ]);
  });

  it('is no file that is not there: the nearest is named', () => {
    const { app, shop } = shopApp();
    shop.patchFile('ngin.conf', (text) => text);
    expect(Testing.problems(app)).toEqual([
      { where: 'shop', what: 'patchFile names "ngin.conf", which is no file of this image', next: 'name "nginx.conf"' },
    ]);
  });

  it('can be the text of a file, in the order of the changes', () => {
    const { app, shop } = shopApp();
    shop.patchFile('README.md', (text) => `${text}one\n`);
    shop.patchFile('README.md', (text) => `${text}two\n`);
    expect(Testing.synth(app).file('shop/README.md')).toMatch(/one\ntwo\n$/);
  });
});
