import type { Problem } from '../errors';
import type { ImageConfig } from './image-config';
import { sizeInBytes } from './units';

/** Values that are right one by one and contradict each other. */
export function findDisagreements(config: ImageConfig, where: string): Problem[] {
  const { php, nginx } = config;
  const { fpm } = php;
  const headers = Object.keys(nginx.headers).map((name) => name.toLowerCase());
  const checks: Array<readonly [ok: boolean, what: string, why: string, next: string]> = [
    [
      sizeInBytes(nginx.clientMaxBodySize) <= sizeInBytes(php.postMaxSize),
      `nginx.clientMaxBodySize (${nginx.clientMaxBodySize}) is more than php.postMaxSize (${php.postMaxSize})`,
      'PHP would drop a body that nginx let through, and the application would see an empty form',
      'raise php.postMaxSize or lower nginx.clientMaxBodySize',
    ],
    [
      sizeInBytes(php.uploadMaxFilesize) <= sizeInBytes(php.postMaxSize),
      `php.uploadMaxFilesize (${php.uploadMaxFilesize}) is more than php.postMaxSize (${php.postMaxSize})`,
      'a file of that size could never arrive',
      'raise php.postMaxSize or lower php.uploadMaxFilesize',
    ],
    [
      fpm.requestTimeout >= php.maxExecutionTime,
      `php.fpm.requestTimeout (${fpm.requestTimeout} s) is less than php.maxExecutionTime (${php.maxExecutionTime} s)`,
      'PHP-FPM would end a request that PHP still allows, without a word from PHP',
      'raise php.fpm.requestTimeout or lower php.maxExecutionTime',
    ],
    [
      nginx.requestTimeout >= fpm.requestTimeout,
      `nginx.requestTimeout (${nginx.requestTimeout} s) is less than php.fpm.requestTimeout (${fpm.requestTimeout} s)`,
      'nginx would answer 504 while PHP goes on',
      'raise nginx.requestTimeout or lower php.fpm.requestTimeout',
    ],
    [
      config.s6.stopTimeout > fpm.stopTimeout,
      `s6.stopTimeout (${config.s6.stopTimeout} s) is not more than php.fpm.stopTimeout (${fpm.stopTimeout} s)`,
      'PHP-FPM would be killed while requests in flight still have time',
      'raise s6.stopTimeout or lower php.fpm.stopTimeout',
    ],
    [
      fpm.processManager !== 'dynamic' ||
        (fpm.minSpareServers <= fpm.startServers &&
          fpm.startServers <= fpm.maxSpareServers &&
          fpm.maxSpareServers <= fpm.maxChildren),
      `php.fpm: minSpareServers (${fpm.minSpareServers}) <= startServers (${fpm.startServers}) <= maxSpareServers (${fpm.maxSpareServers}) <= maxChildren (${fpm.maxChildren}) does not hold`,
      'PHP-FPM refuses to start',
      'put the four numbers in that order',
    ],
    [
      new Set([nginx.port, nginx.statusPort, ...(nginx.tls ? [nginx.tls.port] : [])]).size === (nginx.tls ? 3 : 2),
      'nginx.port, nginx.statusPort and nginx.tls.port are not all different',
      'nginx cannot listen twice on one port',
      'give each a port of its own',
    ],
    [
      new Set(nginx.entryPoints).size === nginx.entryPoints.length,
      'nginx.entryPoints names a file twice',
      'nginx refuses to start with the same location twice',
      'name each file once',
    ],
    [
      new Set(headers).size === headers.length,
      `nginx.headers has one header in two spellings: ${headers.filter((name, index) => headers.indexOf(name) !== index).join(', ')}`,
      'names of headers have no case, and the answer would carry it twice',
      'spell it as in the layer below, so that the value there is replaced',
    ],
  ];
  return checks.filter(([ok]) => !ok).map(([, what, why, next]) => ({ where, what, why, next }));
}
