import { posix } from 'node:path';
import { sizeInBytes, type ImageConfig } from '../config';
import { PATHS, type ImageConstruct, type ImageDescription, type WritablePath } from '../image';
import { dnsName, namesOfPaths } from './names';
import { describePorts, type RunPort } from './run-ports';

const MEBIBYTE = 1024 ** 2;

/** Ports below belong to root, unless a container's own kernel setting says otherwise. */
export const FIRST_UNPRIVILEGED_PORT = 1024;

/** A directory that the running server may write to, as it is mounted. */
export interface RunMount extends WritablePath {
  /** Name for volumes: `var-lib-php-sessions`. */
  readonly name: string;
  /** Room in it, in MiB. */
  readonly mebibytes: number;
}

/** A file that is mounted when a container starts and never lies in the image. */
export interface RunSecret {
  /** What it is. */
  readonly name: 'tls-certificate' | 'tls-key';
  /** Where the server reads it. */
  readonly path: string;
}

/** What a container may use. */
export interface RunLimits {
  /** MiB into which every worker at its limit, every tmpfs full, and everything else fits. */
  readonly memory: number;
  /** MiB that it needs at the start, with its first workers at their limit. */
  readonly reservedMemory: number;
  /** Processes and threads. */
  readonly pids: number;
  /** Processors. A host that has fewer refuses to start the container. */
  readonly cpus: number;
  /** Open files of one process. */
  readonly files: number;
}

/**
 * How an image is run, as the constructs of its tree have it. Everything of `src/deploy` is rendered from this one
 * description, so that the files cannot disagree.
 */
export interface RunDescription {
  /** The image's id. */
  readonly image: string;
  /** Name of an image of one architecture, as the README builds it. */
  readonly reference: string;
  /** The id as DNS, Compose and Kubernetes allow it. */
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** The one that the health check asks is the first. */
  readonly ports: readonly RunPort[];
  /** Lowest port that a process of the container may listen on. */
  readonly lowestPort: number;
  /** By path. */
  readonly mounts: readonly RunMount[];
  readonly secrets: readonly RunSecret[];
  readonly limits: RunLimits;
  /** Seconds from the order to stop until the last service has to be gone. */
  readonly stopGracePeriod: number;
  /** Seconds that one request may take. */
  readonly requestTimeout: number;
  /** PHP's command line, for what has to be run beside the servers. */
  readonly php: string;
  /** Directory of the application. */
  readonly application: string;
  /** Directory that the build takes the code from, relative to the image's; absent where it arrives otherwise. */
  readonly source?: string;
  /** Extensions of PHP that were asked for. */
  readonly extensions: readonly string[];
  /** Name of the AppArmor profile. */
  readonly appArmor: string;
}

/**
 * Describes how an image is run.
 *
 * @param directory that of its application, relative to the output
 */
export function describeRun(image: ImageConstruct, description: ImageDescription, directory?: string): RunDescription {
  const { config } = description;
  const ports = describePorts(description);
  const mounts = describeMounts(description.writablePaths);
  return {
    image: description.name,
    reference: `${description.name}:${image.architectures[0] ?? 'latest'}`,
    name: dnsName(description.name),
    uid: config.security.uid,
    gid: config.security.gid,
    ports,
    lowestPort: Math.min(FIRST_UNPRIVILEGED_PORT, ...ports.map(({ container }) => container)),
    mounts,
    secrets: describeSecrets(config),
    limits: describeLimits(config, mounts, ownPrograms(image)),
    stopGracePeriod: stopTime(image) + 3,
    requestTimeout: config.php.fpm.requestTimeout,
    php: PATHS.php,
    application: PATHS.application,
    source: directory === undefined ? undefined : posix.join('..', directory),
    extensions: config.php.extensions,
    appArmor: description.name,
  };
}

function describeMounts(paths: readonly WritablePath[]): RunMount[] {
  const names = namesOfPaths(paths.map(({ path }) => path));
  return paths.map((item) => ({
    ...item,
    name: names.get(item.path)!,
    mebibytes: Math.ceil(sizeInBytes(item.size ?? (item.kind === 'tmpfs' ? '64M' : '1G')) / MEBIBYTE),
  }));
}

function describeSecrets({ nginx: { tls } }: ImageConfig): RunSecret[] {
  return tls
    ? [
        { name: 'tls-certificate', path: tls.certificate },
        { name: 'tls-key', path: tls.key },
      ]
    : [];
}

/** MiB for nginx, s6, OPcache and PHP-FPM's master; `PHP_FPM_MAX_CHILDREN=auto` counts with the same. */
const RESERVE = 64;

/** Workers of nginx where it starts one for each processor of the host. */
const AUTO_WORKERS = 128;

function describeLimits(
  { php, nginx }: ImageConfig,
  mounts: readonly RunMount[],
  programs: number,
): RunDescription['limits'] {
  const { fpm } = php;
  const worker = Math.ceil(sizeInBytes(php.memoryLimit) / MEBIBYTE);
  const first = fpm.processManager === 'static' ? fpm.maxChildren : Math.min(fpm.startServers, fpm.maxChildren);
  const inMemory = mounts.filter(({ kind }) => kind === 'tmpfs').reduce((sum, { mebibytes }) => sum + mebibytes, 0);
  const workers = nginx.workerProcesses === 'auto' ? AUTO_WORKERS : nginx.workerProcesses;
  return {
    memory: RESERVE + inMemory + worker * (fpm.maxChildren + programs),
    reservedMemory: RESERVE + worker * (first + programs),
    pids: fpm.maxChildren + workers + 72 + 8 * programs,
    cpus: 1,
    files: Math.max(4096, 4 * nginx.workerConnections),
  };
}

/** Programs beside nginx and PHP-FPM: queue workers, cron. */
function ownPrograms({ s6 }: ImageConstruct): number {
  return s6.services.filter(({ kind, name }) => kind === 'longrun' && name !== 'nginx' && name !== 'php-fpm').length;
}

/** Seconds after which s6 has stopped everything, by force if need be. */
function stopTime({ s6, config }: ImageConstruct): number {
  if (config.s6.source === 'overlay') {
    return config.s6.stopTimeout + 2;
  }
  // Plain s6 stops one after the other.
  return s6.services.reduce((sum, service) => sum + (service.kind === 'longrun' ? service.stopTimeout + 2 : 0), 0);
}
