import { Testing, ImageConstruct } from '../../../src';

function synthShop(source: 'overlay' | 'distribution') {
  const app = Testing.app();
  const shop = new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', s6: { source } });
  shop.addOneShot({ name: 'assets', command: ['/bin/assets'] });
  shop.addOneShot({ name: 'migrate', command: ['/bin/migrate'] });
  shop.addOneShot({ name: 'cache', command: ['/bin/cache'], dependsOn: ['migrate'] });
  shop.addLongRun({ name: 'queue', command: ['/bin/queue'], dependsOn: ['php-fpm', 'migrate'] });
  shop.addLongRun({ name: 'mailer', command: ['/bin/mailer'], dependsOn: ['queue'], readiness: ['/bin/true'] });
  shop.addLongRun({ name: 'last', command: ['/bin/last'], dependsOn: ['mailer', 'queue', 'php-fpm'] });
  const { paths, file } = Testing.synth(app);
  return { paths, file: (path: string) => file(`shop/amd64/s6-overlay/${path}`) };
}

describe('the start-up steps run one after another, the check of the settings first', () => {
  it('under s6 of the distribution', () => {
    const steps = [
      ...synthShop('distribution')
        .file('init')
        .matchAll(/the start-up step (\S+) failed/g),
    ];
    expect(steps.map(([, name]) => name)).toEqual(['configure', 'assets', 'migrate', 'cache']);
  });

  it.each([
    ['configure', ['base']],
    ['assets', ['base', 'configure']],
    ['migrate', ['assets', 'base', 'configure']],
    ['cache', ['assets', 'base', 'configure', 'migrate']],
  ])('under s6-overlay, where %s comes after %j', (name, dependencies) => {
    const directory = `shop/amd64/s6-overlay/s6-rc.d/${name}/dependencies.d/`;
    const found = synthShop('overlay').paths.filter((path) => path.startsWith(directory));
    expect(found.map((path) => path.slice(directory.length)).sort()).toEqual(dependencies);
  });
});

describe('under s6 of the distribution a service waits', () => {
  const { file } = synthShop('distribution');
  const waits = (name: string): string[] =>
    [...file(`service/${name}/run`).matchAll(/s6-svwait (\S+ \S+) /g)].map(([, wait]) => wait!);

  it('for no start-up step: they are done before it starts', () =>
    expect(waits('queue')).toEqual(['-U /run/service/php-fpm']));

  it('for one without a readiness check until it is up, and for what that one waits for', () =>
    expect(waits('mailer')).toEqual(['-U /run/service/php-fpm', '-u /run/service/queue']));

  it('for one with a readiness check until it is ready; for each of them once', () =>
    expect(waits('last')).toEqual(['-U /run/service/php-fpm', '-u /run/service/queue', '-U /run/service/mailer']));
});

test('under s6 of the distribution a stop before everything is ready is no failure', () =>
  expect(synthShop('distribution').file('await-ready')).toContain(
    's6-svwait -a -U -t "$time" "$@" 2>/dev/null\n[ "$?" -gt 1 ] || exit 0\n',
  ));
