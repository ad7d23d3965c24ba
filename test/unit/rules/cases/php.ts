import type { Construct } from 'constructs';
import { Aspects, ImageConstruct, ImagePart, type ImageProps } from '../../../../src';
import { rawText, soundImage, type BreakingCase } from '../support';

/** A case of the pool: lines that somebody adds at its end. */
function pooled(rule: string, lines: string, told: { readonly story: string; readonly says: string }): BreakingCase {
  return rawText(rule, 'php-fpm.conf', (text) => `${text}${lines}\n`, told);
}

function edited(
  rule: string,
  from: string | RegExp,
  to: string,
  told: { readonly story: string; readonly says: string; readonly path?: string },
): BreakingCase {
  return rawText(rule, told.path ?? 'php-fpm.conf', (text) => text.replace(from, to), told);
}

/** A case of a setting that is given in images.ts. */
function given(
  rule: string,
  php: Omit<Exclude<ImageProps['php'], string>, 'version'>,
  told: { readonly story: string; readonly says: string; readonly version?: string },
): BreakingCase {
  return {
    rule,
    by: 'a prop',
    ...told,
    build: (app) => soundImage(app, { php: { version: told.version ?? '8.4', ...php } }),
  };
}

/** A construct with a file that PHP reads beside its own. */
class OwnIni extends ImagePart {
  constructor(scope: Construct, id: string, content: string, target = '/etc/php/8.4/fpm/conf.d/99-own.ini') {
    super(scope, id);
    this.addFile({ target, content });
  }
}

function beside(rule: string, content: string, told: { readonly story: string; readonly says: string }): BreakingCase {
  return {
    rule,
    by: 'a construct of one’s own',
    ...told,
    build: (app) => {
      const image = soundImage(app);
      new OwnIni(image, 'own', content);
    },
  };
}

/** A second pool, without anything that hardens the first. */
const ADMIN_POOL = '[admin]\nlisten = /run/admin.sock\npm = static\npm.max_children = 1';

export const PHP_CASES: readonly BreakingCase[] = [
  pooled('PHP-001', 'php_admin_flag[display_errors] = on', {
    story: 'errors are shown by a line at the end of the pool',
    says: 'display_errors is on, not Off',
  }),
  pooled('PHP-001', ADMIN_POOL, {
    story: 'a second pool has nothing that hardens it',
    says: 'display_errors is not fixed by php_admin_flag or php_admin_value in the pool admin',
  }),
  given(
    'PHP-001',
    { ini: { error_log: '/data/php.log' } },
    {
      story: 'errors go to a file',
      says: 'error_log is /data/php.log, not stderr',
    },
  ),
  {
    rule: 'PHP-001',
    by: 'an aspect',
    story: 'an aspect shows errors while somebody looks for one',
    says: 'display_errors is On, not Off',
    build: (app) => {
      soundImage(app);
      Aspects.of(app).add({
        visit: (node) =>
          ImageConstruct.tryOf(node) === node
            ? void (node as ImageConstruct).php.adminSettings.set('display_errors', true)
            : undefined,
      });
    },
  },
  given(
    'PHP-002',
    { ini: { allow_url_fopen: true } },
    {
      story: 'allow_url_fopen is switched on in php.ini without a grant',
      says: 'allow_url_fopen is On, not Off',
    },
  ),
  beside('PHP-002', '[PATH=/var/www/html]\nallow_url_include = 1\n', {
    story: 'a section of an ini file beside switches it on for a path',
    says: 'allow_url_include is 1, not Off',
  }),
  {
    rule: 'PHP-003',
    by: 'an aspect',
    story: 'the list of functions is emptied',
    says: 'disable_functions of the pool www lacks dl, exec',
    build: (app) => {
      soundImage(app).php.adminSettings.set('disable_functions', '');
    },
  },
  edited('PHP-003', 'proc_open,', '', {
    story: 'one function is taken out without a grant',
    says: 'disable_functions of the pool www lacks proc_open',
  }),
  given(
    'PHP-003',
    { ini: { 'ffi.enable': true } },
    {
      story: 'functions of C may be called',
      says: 'ffi.enable is On',
    },
  ),
  given(
    'PHP-005',
    { ini: { 'session.cookie_samesite': 'None' } },
    {
      story: 'other sites may send the cookie',
      says: 'session.cookie_samesite is None, not Lax or Strict',
    },
  ),
  given(
    'PHP-005',
    { ini: { 'session.sid_length': 48 } },
    {
      story: 'the length of ids is set, which PHP 8.4 complains of',
      says: 'session.sid_length is deprecated from PHP 8.4 on',
    },
  ),
  edited('PHP-005', 'php_admin_flag[session.use_strict_mode] = On', 'php_flag[session.use_strict_mode] = On', {
    story: 'code may switch strict sessions off',
    says: 'session.use_strict_mode is not fixed',
  }),
  pooled('PHP-005', 'php_admin_flag[session.cookie_secure] = off', {
    story: 'the cookie goes over plain HTTP, without a grant',
    says: 'session.cookie_secure is off, not On',
  }),
  rawText('PHP-006', 'config/php.ini', (text) => text.replace('memory_limit = 128M', 'memory_limit = -1'), {
    story: 'memory has no limit',
    says: 'memory_limit is -1, which is no limit',
  }),
  given(
    'PHP-006',
    { ini: { max_input_vars: 0 } },
    {
      story: 'fields have no limit',
      says: 'max_input_vars is 0, which is no limit',
    },
  ),
  pooled('PHP-006', 'php_admin_flag[file_uploads] = off', {
    story: 'files are refused where the image says that they are taken',
    says: 'file_uploads is off, but the image says that files are taken',
  }),
  edited('PHP-006', 'pm.max_children = 10', 'pm.max_children = 100', {
    story: 'there are more workers than memory',
    says: '100 workers may take',
  }),
  edited('PHP-007', 'security.limit_extensions = .php', 'security.limit_extensions =', {
    story: 'every file may be a script',
    says: 'security.limit_extensions is empty, not .php',
  }),
  given(
    'PHP-007',
    { ini: { 'cgi.fix_pathinfo': 1 } },
    {
      story: 'PHP looks for a script in the path, as its default is',
      says: 'cgi.fix_pathinfo is 1, not Off',
    },
  ),
  edited('PHP-008', 'listen = /run/php-fpm.sock', 'listen = 0.0.0.0:9000', {
    story: 'PHP-FPM listens on the network',
    says: 'listen of the pool www is 0.0.0.0:9000',
  }),
  edited('PHP-008', 'listen.mode = 0600', 'listen.mode = 0666', {
    story: 'everybody may use the socket',
    says: 'listen.mode of the pool www is 0666',
  }),
  pooled('PHP-008', 'user = root', {
    story: 'workers are to be root',
    says: 'user of the pool www is root',
  }),
  edited('PHP-009', 'pm.max_requests = 10000', 'pm.max_requests = 0', {
    story: 'workers live for ever',
    says: 'pm.max_requests is 0, not a number above 0',
  }),
  edited('PHP-009', 'request_terminate_timeout = 60', '', {
    story: 'a request may take for ever',
    says: 'the pool www has no request_terminate_timeout',
  }),
  pooled('PHP-010', 'php_admin_flag[sesion.cookie_secure] = on', {
    story: 'a name is misspelt, and PHP-FPM accepts it',
    says: 'PHP knows no setting sesion.cookie_secure',
  }),
  {
    rule: 'PHP-010',
    by: 'an aspect',
    story: 'a name is written in capitals, which PHP does not know',
    says: 'PHP knows no setting Display_Errors',
    build: (app) => {
      soundImage(app).php.adminSettings.set('Display_Errors', false);
    },
  },
  pooled('PHP-010', 'include = /data/pools/*.conf', {
    story: 'PHP-FPM reads what the server may write',
    says: 'PHP-FPM includes /data/pools/*.conf, which is no file of the image',
  }),
  {
    rule: 'PHP-010',
    by: 'a construct of one’s own',
    story: 'the environment makes PHP read another directory',
    says: 'PHP_INI_SCAN_DIR makes PHP read other settings',
    build: (app) => soundImage(app).addEnvironment('PHP_INI_SCAN_DIR', '/data/ini'),
  },
  rawText(
    'PHP-010',
    'nginx.conf',
    (text) => text.replace('fastcgi_hide_header X-Powered-By;', '$& fastcgi_param PHP_ADMIN_VALUE "open_basedir=";'),
    { story: 'nginx sets settings of PHP', says: 'nginx sets settings of PHP: fastcgi_param PHP_ADMIN_VALUE' },
  ),
  rawText(
    'PHP-010',
    's6-overlay/service/php-fpm/run',
    (text) => text.replace('--nodaemonize', '--nodaemonize -d display_errors=1'),
    {
      story: 'PHP-FPM is started with a setting',
      says: 'PHP-FPM is started with settings of its own',
    },
  ),
  {
    rule: 'PHP-010',
    by: 'a construct of one’s own',
    story: 'a build step adds a setting',
    says: 'a build step changes the settings of PHP',
    build: (app) =>
      soundImage(app).addBuildStep({ name: 'ini', script: 'echo "x=1" >>"$rootfs/etc/php/8.4/fpm/php.ini"\n' }),
  },
  rawText('PHP-011', 'config/php.ini', (text) => text.replace('zend.assertions = -1', 'zend.assertions = 1'), {
    story: 'assertions are run',
    says: 'zend.assertions is 1, not -1',
  }),
  given(
    'PHP-011',
    { extensions: ['xdebug'] },
    {
      story: 'the image has a debugger',
      says: 'the image has xdebug',
    },
  ),
  beside('PHP-011', 'extension=/data/own.so\n', {
    story: 'an extension is loaded from a volume',
    says: 'extension loads /data/own.so',
  }),
  given(
    'PHP-011',
    { ini: { auto_prepend_file: '/data/first.php' } },
    {
      story: 'a writable file runs before each request',
      says: 'auto_prepend_file is /data/first.php, which the server may write to',
    },
  ),
  given(
    'PHP-011',
    { ini: { 'opcache.file_cache': '/tmp' } },
    {
      story: 'code is kept in writable files',
      says: 'opcache.file_cache is /tmp',
    },
  ),
  {
    rule: 'PHP-013',
    by: 'a construct of one’s own',
    story: 'Snuffleupagus is installed and has no rules',
    says: 'Snuffleupagus has no sp.configuration_file',
    build: (app) => soundImage(app).addPackage('php-snuffleupagus'),
  },
  given(
    'PHP-013',
    { ini: { 'sp.configuration_file': '/etc/php/snuffleupagus.rules' } },
    {
      story: 'rules of Snuffleupagus are named and it is not installed',
      says: 'no package of Snuffleupagus is installed',
    },
  ),
  edited('PHP-001', 'error_log = /proc/self/fd/2\nlog_limit', 'log_limit', {
    story: 'PHP-FPM has no log, and writes one into its directory',
    says: 'PHP-FPM has no error_log, and its default is a file',
  }),
  edited('PHP-001', 'error_log = /proc/self/fd/2\nlog_limit', 'error_log = /data/fpm.log\nlog_limit', {
    story: 'PHP-FPM writes its log into a file',
    says: 'error_log of PHP-FPM is /data/fpm.log, not stderr',
  }),
  edited('PHP-001', /\[www\][^]*/, '', {
    story: 'there is no pool, so that nothing is fixed anywhere',
    says: 'PHP-FPM has no pool',
  }),
  edited('PHP-003', 'php_admin_value[disable_functions]', 'php_value[disable_functions]', {
    story: 'the list of functions is one that code may change',
    says: 'disable_functions of the pool www lacks dl, exec',
  }),
  edited('PHP-003', /php_admin_value\[(disable_functions)\] = .*/, 'php_admin_value[error_append_string] = "exec"', {
    story: 'the names of functions stand in another setting',
    says: 'disable_functions of the pool www lacks dl, exec',
  }),
  edited('PHP-005', 'session.cookie_samesite = Lax', 'session.cookie_path = Lax', {
    path: 'config/php.ini',
    story: 'nothing is said of other sites',
    says: 'session.cookie_samesite is not set',
  }),
  edited('PHP-005', 'session.cookie_samesite = Lax', 'session.cookie_samesite = NotLax', {
    path: 'config/php.ini',
    story: 'a word ends with one that PHP knows',
    says: 'session.cookie_samesite is NotLax, not Lax or Strict',
  }),
  edited('PHP-005', 'session.cookie_samesite = Lax', 'session.cookie_samesite = Laxly', {
    path: 'config/php.ini',
    story: 'a word begins with one that PHP knows',
    says: 'session.cookie_samesite is Laxly, not Lax or Strict',
  }),
  edited('PHP-006', 'max_input_vars = 1000', '', {
    path: 'config/php.ini',
    story: 'a limit is not set',
    says: 'max_input_vars is not set',
  }),
  edited('PHP-006', 'max_execution_time = 30', 'max_execution_time = 0', {
    path: 'config/php.ini',
    story: 'a request may take for ever',
    says: 'max_execution_time is 0, which is no limit',
  }),
  edited('PHP-006', 'max_file_uploads = 20', 'max_file_uploads = 1001', {
    path: 'config/php.ini',
    story: 'a limit is one more than the most',
    says: 'max_file_uploads is 1001, which is no limit',
  }),
  edited('PHP-006', 'file_uploads = On', '', {
    path: 'config/php.ini',
    story: 'nothing is said of files',
    says: 'file_uploads is not set',
  }),
  edited('PHP-006', 'memory_limit = 128M', 'memory_limit = 128M\nmemory_limit = 8G', {
    path: 'config/php.ini',
    story: 'a limit is set twice, and the greater one is more than there is',
    says: '10 workers may take',
  }),
  edited('PHP-007', /security\.limit_extensions = .*\n/, '', {
    story: 'the endings of scripts are PHP-FPM’s own',
    says: 'the pool www has no security.limit_extensions',
  }),
  edited('PHP-008', 'listen = /run/php-fpm.sock', '', {
    story: 'the pool has no socket',
    says: 'the pool www has no listen',
  }),
  edited('PHP-008', 'listen = /run/php-fpm.sock', 'listen = /run/../data/php-fpm.sock', {
    story: 'the socket lies where the server writes, by way of /run',
    says: 'listen of the pool www is /run/../data/php-fpm.sock',
  }),
  edited('PHP-008', 'listen = /run/php-fpm.sock', 'listen = /data/run/php-fpm.sock', {
    story: 'the socket lies below another /run',
    says: 'listen of the pool www is /data/run/php-fpm.sock',
  }),
  edited('PHP-008', 'listen = /run/php-fpm.sock', 'listen = "/run/php-fpm.sock:9000 x"', {
    story: 'the socket has more than a path',
    says: 'listen of the pool www is /run/php-fpm.sock:9000 x',
  }),
  edited('PHP-008', 'listen.mode = 0600', 'listen.mode = 06000', {
    story: 'a mode begins as a right one does',
    says: 'listen.mode of the pool www is 06000',
  }),
  edited('PHP-008', 'listen.mode = 0600', 'listen.mode = 20600', {
    story: 'a mode ends as a right one does',
    says: 'listen.mode of the pool www is 20600',
  }),
  pooled('PHP-008', 'pm.status_listen = 127.0.0.1:9001', {
    story: 'the status of PHP-FPM is on the network',
    says: 'pm.status_listen of the pool www is 127.0.0.1:9001',
  }),
  ...['--nodaemonize -R', '--nodaemonize --allow-to-run-as-root'].map((options) =>
    edited('PHP-008', '--nodaemonize', options, {
      path: 's6-overlay/service/php-fpm/run',
      story: `PHP-FPM may be root, by ${options}`,
      says: 'PHP-FPM is allowed to run as root',
    }),
  ),
  edited('PHP-009', 'pm.max_requests = 10000', 'pm.max_requests = 1e9', {
    story: 'a number is none that PHP-FPM reads',
    says: 'pm.max_requests is 1e9, not a number above 0',
  }),
  edited('PHP-009', 'pm.max_requests = 10000', 'pm.max_requests = -1', {
    story: 'a number is below 0',
    says: 'pm.max_requests is -1, not a number above 0',
  }),
  edited('PHP-009', 'request_terminate_timeout = 60', 'request_terminate_timeout = 0', {
    story: 'the time of a request is 0, which PHP-FPM takes for none',
    says: 'request_terminate_timeout is 0, not a time above 0',
  }),
  edited('PHP-010', '--nodaemonize', '--nodaemonize -c /data', {
    path: 's6-overlay/service/php-fpm/run',
    story: 'PHP-FPM reads another php.ini',
    says: 'PHP-FPM is started with settings of its own',
  }),
  edited('PHP-010', /^/, '#!/bin/sh\nexport PHPRC=/data\n', {
    path: 's6-overlay/service/php-fpm/run',
    story: 'the service sets a variable by which PHP reads another php.ini',
    says: 'PHP-FPM is started with settings of its own',
  }),
  edited('PHP-011', 'zend.assertions = -1', '', {
    path: 'config/php.ini',
    story: 'nothing is said of assertions, and php.ini of no file compiles them',
    says: 'zend.assertions is not set',
  }),
  edited('PHP-011', 'zend.exception_ignore_args = On', '', {
    path: 'config/php.ini',
    story: 'traces hold arguments, as is the default',
    says: 'zend.exception_ignore_args is not set',
  }),
  beside('PHP-011', 'zend_extension=xdebug\n', {
    story: 'a debugger is loaded',
    says: 'zend_extension loads xdebug',
  }),
  {
    rule: 'PHP-013',
    by: 'a construct of one’s own',
    story: 'rules of Snuffleupagus are in no file of the image',
    says: '/etc/php/none.rules is no file of the image',
    build: (app) =>
      soundImage(app, {
        php: { version: '8.4', ini: { 'sp.configuration_file': '/etc/php/none.rules' } },
      }).addPackage('php-snuffleupagus'),
  },
  {
    rule: 'PHP-013',
    by: 'a construct of one’s own',
    story: 'of two files of rules of Snuffleupagus one is missing',
    says: '/etc/php/there.rules,/etc/php/none.rules is no file of the image',
    build: (app) => {
      const image = soundImage(app, {
        php: { version: '8.4', ini: { 'sp.configuration_file': '/etc/php/there.rules,/etc/php/none.rules' } },
      });
      image.addPackage('php-snuffleupagus');
      image.addFile({ target: '/etc/php/there.rules', content: 'sp.global.secret_key("x");\n' });
    },
  },
  {
    rule: 'PHP-010',
    by: 'raw text',
    story: 'a file of PHP-FPM includes itself, a hundred times and each time again',
    says: 'PHP-FPM includes /etc/fpm-more.conf, which is no file of the image',
    build: (app) => {
      const image = soundImage(app);
      image.addFile({ target: '/etc/fpm-more.conf', content: 'include = /etc/fpm-more.conf\n'.repeat(99) });
      image.patchFile('php-fpm.conf', (text) => `${text}include = /etc/fpm-more.conf\n`);
    },
  },
  ...['/etc/fpm-admin.conf', '/etc/fpm-more.conf'].map((target): BreakingCase => ({
    rule: 'PHP-001',
    by: 'raw text',
    story: `a pool that nothing hardens comes by an include of ${target}`,
    says: 'display_errors is not fixed by php_admin_flag or php_admin_value in the pool admin',
    build: (app) => {
      const image = soundImage(app);
      image.addFile({ target: '/etc/fpm-admin.conf', content: `${ADMIN_POOL}\n` });
      image.addFile({ target: '/etc/fpm-more.conf', content: 'include = /etc/fpm-admin.conf\n' });
      image.patchFile('php-fpm.conf', (text) => `${text}include = ${target}\n`);
    },
  })),
];
