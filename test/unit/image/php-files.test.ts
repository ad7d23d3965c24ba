import { synthShop, problemsOfShop } from './support';

const FPM = 'shop/amd64/php-fpm.conf';
const INI = 'shop/amd64/config/php.ini';
const CLI = 'shop/amd64/config/php-cli.ini';

/** Settings of an ini file by name, as the last one stands. */
function settings(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => (/^[a-z]/.test(line) ? [line.split(' = ') as [string, string]] : [])),
  );
}

test('the limits of the configuration reach PHP and PHP-FPM', () => {
  // GIVEN
  const { file } = synthShop({
    php: {
      version: '8.4',
      memoryLimit: '1G',
      postMaxSize: '64M',
      uploadMaxFilesize: '32M',
      maxExecutionTime: 45,
      timezone: 'Europe/Prague',
    },
  });
  // THEN
  expect(settings(file(INI))).toMatchObject({
    memory_limit: '1G',
    post_max_size: '64M',
    upload_max_filesize: '32M',
    max_execution_time: '45',
    'date.timezone': 'Europe/Prague',
  });
  expect(settings(file(CLI))).toMatchObject({
    memory_limit: '1G',
    max_execution_time: '0',
    'date.timezone': 'Europe/Prague',
  });
});

test.each([
  [
    'dynamic',
    [
      'pm',
      'pm.max_children',
      'pm.max_requests',
      'pm.max_spare_servers',
      'pm.min_spare_servers',
      'pm.start_servers',
      'pm.status_path',
    ],
  ],
  ['static', ['pm', 'pm.max_children', 'pm.max_requests', 'pm.status_path']],
  ['ondemand', ['pm', 'pm.max_children', 'pm.max_requests', 'pm.status_path']],
] as const)('a pool that is %s has these settings', (processManager, names) => {
  const found = settings(synthShop({ php: { version: '8.4', fpm: { processManager } } }).file(FPM));
  expect(Object.keys(found).filter((name) => /^pm(?:\.|$)/.test(name))).toEqual(names);
  expect(found.pm).toBe(processManager);
});

test('the settings of a person come last, for the server and for the command line', () => {
  const ini = {
    'session.gc_maxlifetime': 99,
    'assert.exception': true,
    'session.name': 'on',
    error_prepend_string: 'a & b',
  };
  const { file } = synthShop({ php: { version: '8.4', ini } });
  const tail =
    '; Given by images.ts\nassert.exception = On\nerror_prepend_string = "a & b"\nsession.gc_maxlifetime = 99\nsession.name = "on"\n';
  expect(file(INI).endsWith(tail)).toBe(true);
  expect(file(CLI).endsWith(tail)).toBe(true);
});

test('just-in-time compilation is set from PHP 8.0', () => {
  const php = (version: string) => settings(synthShop({ php: { version, jit: 'tracing' } }).file(INI));
  expect(php('7.4')['opcache.jit']).toBeUndefined();
  expect(php('8.0')).toMatchObject({ 'opcache.jit': 'tracing', 'opcache.jit_buffer_size': '64M' });
});

test('what leaks is off, and the application cannot turn it on', () => {
  const off = ['allow_url_include', 'display_errors', 'expose_php', 'enable_dl'];
  const pool = synthShop().file(FPM);
  off.forEach((name) => expect(pool).toContain(`php_admin_flag[${name}] = Off\n`));
});

test('a setting of PHP cannot be written as a section', () => {
  expect(problemsOfShop({ php: { version: '8.4', ini: { '[www]': 1 } } })).toHaveLength(1);
});
