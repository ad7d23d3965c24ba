import { BASE_CONFIG, type ImageConfig } from '../config';
import type { PhpValue } from '../model';

/** A setting that can be given when a container starts. */
export interface RuntimeSetting {
  /** Environment variable. */
  readonly name: string;
  /** Its grammar, as configure.php checks it. */
  readonly kind: 'size' | 'seconds' | 'workers' | 'switch' | 'timezone';
  /** What holds when the variable is not set. */
  readonly default: string;
  /** What it does: one clause for people. */
  readonly purpose: string;
  /** The php.ini setting that it stands for. */
  readonly php: string | null;
  /** The nginx directive that it stands for. */
  readonly nginx: string | null;
}

/** Bytes that are kept for nginx, s6, OPcache and PHP-FPM's master when workers are counted out. */
const RESERVE = 64 * 1024 * 1024;

/** What of a configuration the settings depend on; the base of every configuration has it already. */
type TunableConfig = Pick<typeof BASE_CONFIG, 'php' | 'nginx'>;

/** The settings, by name, with the defaults of an image. */
export function runtimeSettings({ php, nginx }: TunableConfig): RuntimeSetting[] {
  return [
    setting('NGINX_CLIENT_MAX_BODY_SIZE', 'size', nginx.clientMaxBodySize, 'largest request body', {
      nginx: 'client_max_body_size',
    }),
    setting('PHP_DATE_TIMEZONE', 'timezone', php.timezone, 'time zone of PHP', { php: 'date.timezone' }),
    setting(
      'PHP_FPM_MAX_CHILDREN',
      'workers',
      'auto',
      `most workers; auto: ${php.fpm.maxChildren}, or fewer where the memory limit has no room for them`,
      {},
    ),
    setting('PHP_MAX_EXECUTION_TIME', 'seconds', String(php.maxExecutionTime), 'seconds of one request', {
      php: 'max_execution_time',
    }),
    setting('PHP_MEMORY_LIMIT', 'size', php.memoryLimit, 'memory of one request', { php: 'memory_limit' }),
    setting(
      'PHP_OPCACHE_VALIDATE_TIMESTAMPS',
      'switch',
      php.validateTimestamps ? '1' : '0',
      'look for changed files: 1 while developing',
      { php: 'opcache.validate_timestamps' },
    ),
    setting('PHP_POST_MAX_SIZE', 'size', php.postMaxSize, 'largest form', { php: 'post_max_size' }),
    setting('PHP_UPLOAD_MAX_FILESIZE', 'size', php.uploadMaxFilesize, 'largest uploaded file', {
      php: 'upload_max_filesize',
    }),
  ];
}

/** Names of the settings, the same for every image. */
export const RUNTIME_VARIABLES: readonly string[] = runtimeSettings(BASE_CONFIG).map(({ name }) => name);

function setting(
  name: string,
  kind: RuntimeSetting['kind'],
  value: string,
  purpose: string,
  target: { readonly php?: string; readonly nginx?: string },
): RuntimeSetting {
  return { name, kind, default: value, purpose, php: target.php ?? null, nginx: target.nginx ?? null };
}

/**
 * What configure.php has to know.
 *
 * @param ipv6 what nginx listens on where the kernel has IPv6, by directory
 */
export function runtimeSettingsData(config: ImageConfig, ipv6: Readonly<Record<string, string>>): PhpValue {
  const { fpm } = config.php;
  return {
    settings: runtimeSettings(config).map(({ name, kind, default: value, php, nginx }) => ({
      name,
      kind,
      default: value,
      php,
      nginx,
    })),
    limits: { requestTimeout: fpm.requestTimeout, reserve: RESERVE },
    pool: {
      processManager: fpm.processManager,
      maxChildren: fpm.maxChildren,
      startServers: fpm.startServers,
      minSpareServers: fpm.minSpareServers,
      maxSpareServers: fpm.maxSpareServers,
    },
    ipv6,
  };
}
