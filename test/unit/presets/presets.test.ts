import { BASE_CONFIG, CronJob, ImageConstruct, Laravel, QueueWorker, Symfony, Testing, WordPress } from '../../../src';

function image() {
  const app = Testing.app();
  return { app, shop: new ImageConstruct(app, 'shop', { php: '8.4', platform: 'debian', architectures: ['amd64'] }) };
}

const file = (app: ReturnType<typeof Testing.app>, path: string): string =>
  Testing.synth(app).file(`shop/amd64/${path}`);

describe('a queue worker', () => {
  it('is a service of its id', () => {
    const { app, shop } = image();
    new QueueWorker(shop, 'mail', { command: ['php', '/var/www/html/mail.php'], stopTimeout: 20 });
    expect(file(app, 's6-overlay/service/mail/run')).toContain('/usr/bin/php /var/www/html/mail.php');
    expect(file(app, 's6-overlay/service/mail/timeout-kill')).toBe('20000\n');
  });

  it('is several services, numbered, where several processes are asked for', () => {
    const { app, shop } = image();
    new QueueWorker(shop, 'mail', { command: ['php', '/var/www/html/mail.php'], processes: 2 });
    const { paths } = Testing.synth(app);
    const services = paths.map((path) => /service\/(mail[^/]*)\/run$/.exec(path)?.[1]).filter(Boolean);
    expect(services).toEqual(['mail-1', 'mail-2']);
  });

  it.each([0, 1.5, 1000])('is refused with %d processes', (processes) => {
    const { app, shop } = image();
    new QueueWorker(shop, 'mail', { command: ['php', '/var/www/html/mail.php'], processes });
    expect(Testing.problems(app)).toContainEqual(
      expect.objectContaining({ where: 'shop/mail', what: `processes is ${processes}` }),
    );
  });
});

test('a cron job is named by its id', () => {
  const { app, shop } = image();
  new CronJob(shop, 'nightly', { schedule: '@daily', command: ['php', '/var/www/html/clean.php'] });
  expect(file(app, 'config/cron-jobs.php')).toContain("'nightly'");
});

describe('Laravel', () => {
  it('has a worker, a scheduler, and writes to its storage alone', () => {
    const { app, shop } = image();
    new Laravel(shop);
    const run = file(app, 's6-overlay/service/queue/run');
    expect(run).toContain('/var/www/html/artisan queue:work --queue=default');
    expect(file(app, 'config/cron-jobs.php')).toContain('schedule:run');
    const dockerfile = file(app, 'Dockerfile');
    expect(dockerfile).toContain('APP_CONFIG_CACHE="/data/laravel/framework/config.php"');
    expect(dockerfile).toContain('LOG_CHANNEL="stderr"');
    expect(dockerfile).toContain('LARAVEL_STORAGE_PATH="/data/laravel"');
    expect(file(app, 's6-overlay/init')).toContain('/bin/mkdir -p /data/laravel/app/public /data/laravel/framework');
  });

  it('leaves worker and scheduler to another container', () => {
    const { app, shop } = image();
    new Laravel(shop, 'laravel', { queueWorkers: 0, scheduler: false });
    expect(Testing.synth(app).paths.filter((path) => /queue|cron/.test(path))).toEqual([]);
  });
});

test('Symfony consumes the transports that are named, and keeps its caches outside of the code', () => {
  const { app, shop } = image();
  new Symfony(shop, 'symfony', { transports: ['scheduler_default', 'async'], workers: 2 });
  expect(file(app, 's6-overlay/service/messenger-2/run')).toContain(
    '/var/www/html/bin/console messenger:consume scheduler_default async --time-limit=3600',
  );
  const dockerfile = file(app, 'Dockerfile');
  for (const [name, place] of Object.entries({ CACHE: 'cache', LOG: 'log', SHARE: 'share' })) {
    expect(dockerfile).toContain(`APP_${name}_DIR="/data/symfony/${place}"`);
  }
});

test.each([
  ['Laravel', (shop: ImageConstruct) => new Laravel(shop), ['ctype', 'mbstring', 'session', 'tokenizer']],
  ['Symfony', (shop: ImageConstruct) => new Symfony(shop), ['ctype', 'iconv', 'session', 'simplexml', 'tokenizer']],
])('%s says which of its extensions an image lacks, apart from those of PHP itself', (name, add, extensions) => {
  const app = Testing.app();
  add(new ImageConstruct(app, 'shop', { platform: 'alpine', php: { version: '8.4', extensions: ['openssl'] } }));
  expect(Testing.problems(app).map(({ what }) => what)).toEqual(
    extensions.map((one) => `${name} asks for the extension ${one}, which the image does not have`),
  );
});

describe('WordPress', () => {
  const blog = () => {
    const app = Testing.app();
    const php = { version: '8.4', extensions: [...BASE_CONFIG.php.extensions, 'mysqli'] };
    return { app, shop: new ImageConstruct(app, 'shop', { php, platform: 'debian', architectures: ['amd64'] }) };
  };

  it('asks for the extension by which it reaches its database', () => {
    const { app, shop } = image();
    new WordPress(shop);
    expect(Testing.problems(app).map(({ next }) => next)).toEqual(["add 'mysqli' to php.extensions"]);
  });

  it('can be updated: the page that brings its database up to the code is there, those that change code are not', () => {
    const { app, shop } = blog();
    new WordPress(shop);
    const nginx = file(app, 'nginx.conf');
    expect(nginx).toContain('location = /wp-admin/upgrade.php {');
    expect(nginx).not.toMatch(/location = \/wp-admin\/(?:update|plugin-|theme-|install|setup-|network|ms-)/);
  });

  it('is entered by its own entry points, and runs no PHP of its uploads', () => {
    const { app, shop } = blog();
    new WordPress(shop, 'word-press', { entryPoints: ['/xmlrpc.php'] });
    const nginx = file(app, 'nginx.conf');
    for (const path of ['/index.php', '/wp-login.php', '/wp-admin/admin-ajax.php', '/xmlrpc.php']) {
      expect(nginx).toContain(`location = ${path} {`);
    }
    expect(nginx).not.toMatch(/location = \S*(?:uploads|install|wp-config|wp-cron)\S*/);
    expect(file(app, 'config/cron-jobs.php')).toContain('wp-cron.php');
  });

  it('without its administration is entered by three', () => {
    const { app, shop } = blog();
    new WordPress(shop, 'word-press', { admin: false });
    expect(file(app, 'nginx.conf')).not.toContain('wp-admin');
    expect(shop.configOrigin('nginx.entryPoints')).toBe('preset WordPress');
  });
});
