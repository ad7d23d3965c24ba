/** Places inside the image that several constructs have to agree on. The same on every platform. */
export const PATHS = {
  /** The application; its public files lie in the document root below it. */
  application: '/var/www/html',
  configure: '/usr/local/lib/configure.php',
  fastcgiParams: '/etc/nginx/fastcgi.conf',
  fpmConfig: '/etc/php-fpm.conf',
  /** Written at the start, from the environment. */
  fpmRuntime: '/run/php-fpm.d/*.conf',
  fpmSocket: '/run/php-fpm.sock',
  healthcheck: '/usr/local/lib/healthcheck.php',
  listening: '/usr/local/lib/listening.php',
  mimeTypes: '/etc/nginx/mime.types',
  nginx: '/usr/sbin/nginx',
  nginxConfig: '/etc/nginx/nginx.conf',
  /** Written at the start, where the kernel has IPv6. */
  nginxIpv6: '/run/nginx-ipv6',
  /** Written at the start, from the environment. */
  nginxRuntime: '/run/nginx.d/*.conf',
  php: '/usr/bin/php',
  securityHeaders: '/etc/nginx/security-headers.conf',
  runtimeSettings: '/usr/local/share/runtime-settings.php',
  sessions: '/var/lib/php/sessions',
} as const;

/** Path at which PHP-FPM itself answers `pong`. */
export const PING_PATH = '/ping';

/** Path of PHP-FPM's status page, on the loopback server alone. */
export const FPM_STATUS_PATH = '/fpm-status';
