import type { Subject } from '../subject';

/** Limits as the configuration files of the image give them; bytes and seconds. */
export interface ConfiguredLimits {
  readonly body: number;
  readonly nginxTimeout: number;
  readonly fpmTimeout: number;
}

/** Reads the limits of the image. */
export async function configuredLimits(subject: Subject): Promise<ConfiguredLimits> {
  const nginx = await subject.text('/etc/nginx/nginx.conf');
  const fpm = await subject.text('/etc/php-fpm.conf');
  return {
    body: bytes(find(nginx, /^\s*client_max_body_size\s+(\S+);/m, 'client_max_body_size')),
    nginxTimeout: Number(find(nginx, /^\s*fastcgi_read_timeout\s+(\d+)s;/m, 'fastcgi_read_timeout')),
    fpmTimeout: Number(find(fpm, /^request_terminate_timeout = (\d+)/m, 'request_terminate_timeout')),
  };
}

function find(text: string, pattern: RegExp, name: string): string {
  const value = pattern.exec(text)?.[1];
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

/** `10m` as nginx and PHP write it. */
export function bytes(size: string): number {
  const [, number, unit] = /^(\d+)([kmg]?)$/i.exec(size) ?? [];
  return Number(number) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit?.toLowerCase() ?? '');
}
