import type { BuildOptions, RunOptions } from './engine';

/**
 * Label of every container that a verification starts, with the reference of the verified image as its value, so that
 * what a killed verification left can be found and removed.
 */
export const VERIFY_LABEL = 'dev.projen-nginx-php.verify';

/** Arguments of `docker create` and `docker run`. The hardening flags are always there. */
export function createArguments(options: RunOptions): string[] {
  return [
    `--label=${VERIFY_LABEL}=${options.image}`,
    '--read-only',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges:true',
    ...options.securityOptions.map((option) => `--security-opt=${option}`),
    ...options.memoryMounts.map(({ target, options: flags }) => `--tmpfs=${target}:${flags}`),
    ...options.volumes.map((path) => `--volume=${path}`),
    ...options.bindMounts.map(({ source, target }) => `--volume=${source}:${target}:ro`),
    ...Object.entries(options.environment).map(([name, value]) => `--env=${name}=${value}`),
    ...options.ports.map((port) => `--publish=127.0.0.1::${port}`),
    `--memory=${options.memory}`,
    `--pids-limit=${options.pids}`,
    ...(options.platform ? [`--platform=${options.platform}`] : []),
    ...(options.user ? [`--user=${options.user}`] : []),
    options.image,
  ];
}

/** Arguments of `docker` that build an image and load it into the engine. */
export function buildArguments(options: BuildOptions): string[] {
  return [
    'buildx',
    'build',
    '--load',
    '--provenance=false',
    '--progress=plain',
    `--platform=${options.platform}`,
    ...(options.network ? [`--network=${options.network}`] : []),
    ...options.buildContexts.map((item) => `--build-context=${item}`),
    ...(options.secrets ?? []).map((item) => `--secret=${item}`),
    `--tag=${options.tag}`,
    options.context,
  ];
}
