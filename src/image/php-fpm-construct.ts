import type { Construct } from 'constructs';
import { byCodePoint } from '../catalog';
import { canonicalText, Pool, type ImageConfig } from '../config';
import { plainFile, renderIni, renderPhpReturn, type ContextFile, type IniSection, type IniValue } from '../model';
import { readAsset } from './asset';
import { ImageConstruct } from './image-construct';
import { ImagePart } from './image-part';
import { LockableMap, lockMap } from './lock-map';
import { ipv6Listens, nginxContext } from './nginx';
import { FPM_STATUS_PATH, PATHS, PING_PATH } from './paths';
import { runtimeSettingsData } from './runtime-settings';

type Settings = Array<readonly [string, IniValue]>;

/** PHP-FPM: its pool, and php.ini for the server and for the command line. */
export class PhpFpmConstruct extends ImagePart {
  /**
   * Settings of PHP that the application cannot change by ini_set, by name. The SecurityAspect fills in what is not
   * set; what it finds set it leaves, and the rules judge it.
   */
  readonly adminSettings: Map<string, IniValue> = new LockableMap();

  private readonly image: ImageConstruct;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.image = ImageConstruct.of(this);
    this.addOneShot({ name: 'configure', command: [PATHS.php, '-n', PATHS.configure] });
    this.addLongRun({
      name: 'php-fpm',
      command: [this.image.target.php.paths.fpmBinary, '--nodaemonize', '--fpm-config', PATHS.fpmConfig],
      readiness: ['s6-ipcclient', PATHS.fpmSocket, 'exit', '0'],
      stopSignal: 'SIGQUIT',
    });
  }

  override lock(): void {
    super.lock();
    (this as { adminSettings: Map<string, IniValue> }).adminSettings = shareSettings(this.adminSettings);
  }

  override renderFiles(): readonly ContextFile[] {
    const { config, target } = this.image;
    const { paths } = target.php;
    return [
      plainFile('config/php-cli.ini', paths.cliIni, renderIni('php.ini of the command line', cliIni(config))),
      plainFile('config/php.ini', paths.fpmIni, renderIni('php.ini of PHP-FPM', fpmIni(config))),
      plainFile(
        'config/runtime-settings.php',
        PATHS.runtimeSettings,
        renderPhpReturn(
          'What the start depends on: settings that the environment gives, and addresses',
          runtimeSettingsData(config, ipv6Listens(nginxContext(this.image))),
        ),
      ),
      plainFile('scripts/configure.php', PATHS.configure, readAsset('configure.php')),
      plainFile(
        'php-fpm.conf',
        PATHS.fpmConfig,
        renderIni('PHP-FPM: one pool, on a unix socket', fpmConfig(config, this.adminSettings)),
      ),
    ];
  }
}

const SETTINGS = new Pool<Map<string, IniValue>>();

/** Settings that nobody changes any more: for most images they are the same ones. */
function shareSettings(settings: Map<string, IniValue>): Map<string, IniValue> {
  lockMap(settings, 'this construct');
  const text = settings instanceof LockableMap ? canonicalText([...settings]) : undefined;
  return text === undefined ? settings : SETTINGS.share(text, () => settings);
}

/** What the server and the command line share. */
function commonSettings({ php }: ImageConfig): Settings {
  return [
    ['date.timezone', php.timezone],
    ['display_errors', false],
    ['display_startup_errors', false],
    ['enable_dl', false],
    ['expose_php', false],
    ['html_errors', false],
    ['log_errors', true],
    ['memory_limit', php.memoryLimit],
    ['short_open_tag', false],
    ['variables_order', 'GPCS'],
    ['zend.assertions', -1],
    ['zend.exception_ignore_args', true],
  ];
}

function sessionSettings(): Settings {
  return [
    ['session.cookie_httponly', true],
    ['session.cookie_samesite', 'Lax'],
    ['session.gc_maxlifetime', 1440],
    ['session.save_path', PATHS.sessions],
    ['session.use_only_cookies', true],
    ['session.use_strict_mode', true],
    ['session.use_trans_sid', false],
  ];
}

/** JIT came with PHP 8.0; before it the settings do not exist. */
function opcacheSettings({ php }: ImageConfig): Settings {
  const jit: Settings =
    Number(php.version.split('.')[0]) < 8
      ? []
      : [
          ['opcache.jit', php.jit],
          ['opcache.jit_buffer_size', php.jit === 'disable' ? 0 : '64M'],
        ];
  return [
    ['opcache.enable', true],
    ['opcache.enable_cli', false],
    ['opcache.interned_strings_buffer', 8],
    ...jit,
    ['opcache.max_accelerated_files', 20_000],
    ['opcache.memory_consumption', 128],
    ['opcache.validate_timestamps', php.validateTimestamps],
    ['realpath_cache_size', '4096K'],
    ['realpath_cache_ttl', php.validateTimestamps ? 2 : 600],
  ];
}

function ownSettings({ php }: ImageConfig): IniSection[] {
  const names = Object.keys(php.ini).sort();
  return names.length === 0
    ? []
    : [{ comment: 'Given by images.ts', settings: names.map((name) => [name, php.ini[name]!] as const) }];
}

function fpmIni(config: ImageConfig): IniSection[] {
  const { php } = config;
  return [
    { comment: 'Errors go to the log, nothing of PHP to the client', settings: commonSettings(config) },
    {
      comment: 'A page that fails half-way is still a 500: its beginning was not sent yet',
      settings: [['output_buffering', 4096]],
    },
    {
      comment: 'Limits: nginx body size <= post_max_size, timeouts nginx >= PHP-FPM >= PHP',
      settings: [
        ['cgi.fix_pathinfo', false],
        ['file_uploads', php.uploads],
        ['max_execution_time', php.maxExecutionTime],
        ['max_file_uploads', 20],
        ['max_input_time', php.fpm.requestTimeout],
        ['max_input_vars', 1000],
        ['post_max_size', php.postMaxSize],
        ['upload_max_filesize', php.uploadMaxFilesize],
        ['upload_tmp_dir', '/tmp'],
      ],
    },
    { comment: 'Sessions', settings: sessionSettings() },
    { comment: 'OPcache', settings: opcacheSettings(config) },
    ...ownSettings(config),
  ];
}

function cliIni(config: ImageConfig): IniSection[] {
  return [
    { settings: [...commonSettings(config), ['error_log', '/dev/stderr']] },
    { comment: 'No limit of time: workers and migrations run here', settings: [['max_execution_time', 0]] },
    ...ownSettings(config),
  ];
}

function processManager({ php }: ImageConfig): Settings {
  const { fpm } = php;
  const common: Settings = [
    ['pm', fpm.processManager],
    ['pm.max_children', fpm.maxChildren],
    ['pm.max_requests', fpm.maxRequests],
  ];
  if (fpm.processManager !== 'dynamic') {
    return common;
  }
  return [
    ...common,
    ['pm.max_spare_servers', fpm.maxSpareServers],
    ['pm.min_spare_servers', fpm.minSpareServers],
    ['pm.start_servers', fpm.startServers],
  ];
}

/** Debian's opcache.ini says `opcache.jit=off`, and is read after php.ini: only the pool has the last word. */
function jitSettings({ php }: ImageConfig): Settings {
  return php.jit === 'disable' ? [] : [['php_admin_value[opcache.jit]', php.jit]];
}

/** Booleans have a directive of their own. */
function adminLines(config: ImageConfig, admin: ReadonlyMap<string, IniValue>): Settings {
  const lines = [...admin].map(([name, value]): Settings[number] => [
    `php_admin_${typeof value === 'boolean' ? 'flag' : 'value'}[${name}]`,
    value,
  ]);
  return [...lines.sort(([a], [b]) => byCodePoint(a, b)), ...jitSettings(config)];
}

function fpmConfig(config: ImageConfig, admin: ReadonlyMap<string, IniValue>): IniSection[] {
  const { fpm } = config.php;
  return [
    {
      name: 'global',
      settings: [
        ['daemonize', false],
        ['error_log', '/proc/self/fd/2'],
        ['log_limit', 8192],
        ['process_control_timeout', fpm.stopTimeout],
      ],
    },
    {
      name: 'www',
      settings: [
        ['catch_workers_output', true],
        ['clear_env', false],
        ['decorate_workers_output', false],
        ['listen', PATHS.fpmSocket],
        ['listen.mode', '0600'],
        ['ping.path', PING_PATH],
        ['ping.response', 'pong'],
        ...processManager(config),
        ['pm.status_path', FPM_STATUS_PATH],
        ['request_terminate_timeout', fpm.requestTimeout],
        ['security.limit_extensions', '.php'],
      ],
    },
    { comment: 'What the application cannot change by ini_set', settings: adminLines(config, admin) },
    { comment: 'What the environment gives, checked at the start', settings: [['include', PATHS.fpmRuntime]] },
  ];
}
