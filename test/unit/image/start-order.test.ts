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
  shop.addCronJob({ name: 'report', schedule: '@hourly', command: ['/bin/report'] });
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

describe.each([
  ['overlay', 's6-rc.d'],
  ['distribution', 'service'],
] as const)('programs run in the directory of the application, under s6 of the %s', (source, place) => {
  const { file } = synthShop(source);
  const lines = (path: string): string[] => file(`${place}/${path}`).trimEnd().split('\n').slice(-2);

  it('a service', () => expect(lines('queue/run')).toEqual(['cd /var/www/html', '/bin/queue']));
  it('a readiness check', () => expect(lines('mailer/data/check')).toEqual(['cd /var/www/html', '/bin/true']));
  it('cron jobs', () => expect(lines('cron/run')[0]).toBe('cd /var/www/html'));
  it('but not nginx', () => expect(file(`${place}/nginx/run`)).not.toContain('cd /var/www/html'));
});

test('a start-up step runs in the directory of the application under s6-overlay, as it does by WORKDIR elsewhere', () =>
  expect(synthShop('overlay').file('s6-rc.d/migrate/up')).toBe('cd /var/www/html /bin/migrate\n'));

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

test('under s6 of the distribution a stop is heard while the start-up steps run', () =>
  expect(synthShop('distribution').file('init')).toMatch(
    /^trap 'exit 0' INT QUIT TERM\n[^]*\/bin\/migrate [^]*^exec /m,
  ));
