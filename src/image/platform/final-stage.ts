import type { Architecture } from '../../catalog';
import type { Instruction, Stage } from '../../model';
import { PATHS } from '../paths';
import type { ImageDescription } from './image-description';
import { baseDigest } from './platform';

/** Programs of the system, after those of the supervisor. */
const SYSTEM_PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The image itself: one layer, and what a container needs to know of it. */
export function finalStage(image: ImageDescription, architecture: Architecture): Stage {
  const { uid, gid } = image.config.security;
  const instructions: Instruction[] = [
    { kind: 'copy', from: 'assemble', source: '/rootfs/', target: '/' },
    { kind: 'env', values: environment(image) },
    { kind: 'label', values: labels(image, architecture) },
    { kind: 'expose', ports: image.ports },
    { kind: 'workdir', path: PATHS.application },
    { kind: 'user', uid, gid },
    { kind: 'stopsignal', signal: 'SIGTERM' },
    {
      kind: 'healthcheck',
      command: image.healthcheck,
      interval: 30_000,
      timeout: 3_000,
      startPeriod: 30_000,
      startInterval: 500,
      retries: 3,
    },
    { kind: 'entrypoint', command: image.entrypoint },
  ];
  return { from: { kind: 'scratch' }, instructions };
}

function environment(image: ImageDescription): Record<string, string> {
  return {
    PATH: [...SYSTEM_PATH, ...image.binDirs.filter((dir) => !SYSTEM_PATH.includes(dir))].join(':'),
    ...Object.fromEntries(image.environment),
  };
}

function labels(image: ImageDescription, architecture: Architecture): Record<string, string> {
  const { base } = image.release;
  return {
    'dev.projen-nginx-php.base.end-of-life': image.release.endOfLife.date,
    'dev.projen-nginx-php.php.version': image.config.php.version,
    ...(image.lifecycle ? { 'dev.projen-nginx-php.php.end-of-life': image.lifecycle.securitySupportEnd } : {}),
    'org.opencontainers.image.base.digest': baseDigest(base, architecture).digest,
    'org.opencontainers.image.base.name': `${base.repository}:${base.tag}`,
    'org.opencontainers.image.description': `nginx and PHP-FPM ${image.config.php.version} under s6, as a user without privileges`,
    'org.opencontainers.image.title': image.name,
    'org.opencontainers.image.version': image.config.php.version,
  };
}
