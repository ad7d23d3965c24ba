import { directive, type NginxNode } from '../../model';
import { PATHS } from '../paths';

/**
 * Listens on every address. Where the kernel has no IPv6 nginx would not start with such an address, so that half is
 * included from a file that is written at the start.
 */
export function listen(port: number, ...options: readonly string[]): NginxNode[] {
  return [directive('listen', port, ...options), directive('include', `${ipv6Directory(port, options)}/*.conf`)];
}

export function ipv6Directory(port: number, options: readonly string[]): string {
  return `${PATHS.nginxIpv6}/${[port, ...options].join('-')}`;
}
