import { containerSysctls, tmpfsOptions } from './container-options';
import type { RunDescription } from './run-description';

/** Name of the one service. */
const SERVICE = 'web';

/** A compose file that runs the image with every hardening flag. */
export function composeFile(run: RunDescription): object {
  const volumes = run.mounts.filter(({ kind }) => kind === 'volume');
  return {
    name: run.name,
    services: {
      [SERVICE]: {
        image: `\${IMAGE:-${run.reference}}`,
        user: `${run.uid}:${run.gid}`,
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true', 'seccomp=./seccomp.json'],
        sysctls: containerSysctls(run),
        tmpfs: run.mounts
          .filter(({ kind }) => kind === 'tmpfs')
          .map((mount) => `${mount.path}:${tmpfsOptions(mount, run)}`),
        ...(volumes.length > 0 ? { volumes: volumes.map(({ name, path }) => `${name}:${path}`) } : {}),
        ...(run.secrets.length > 0
          ? { secrets: run.secrets.map(({ name, path }) => ({ source: name, target: path })) }
          : {}),
        ports: run.ports.map(({ host, container }) => `127.0.0.1:${host}:${container}`),
        mem_limit: `${run.limits.memory}m`,
        pids_limit: run.limits.pids,
        cpus: run.limits.cpus,
        ulimits: { core: 0, nofile: run.limits.files },
        restart: 'on-failure:5',
        stop_grace_period: `${run.stopGracePeriod}s`,
        logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
      },
    },
    ...(volumes.length > 0 ? { volumes: Object.fromEntries(volumes.map(({ name }) => [name, {}])) } : {}),
    ...(run.secrets.length > 0
      ? { secrets: Object.fromEntries(run.secrets.map(({ name, path }) => [name, { file: `.${path}` }])) }
      : {}),
  };
}

/** What compose.yaml is overlaid with on hosts that have the AppArmor profile. */
export function composeAppArmor(run: RunDescription): object {
  return { services: { [SERVICE]: { security_opt: [`apparmor=${run.appArmor}`] } } };
}

/**
 * What compose.yaml is overlaid with while developing: the code of this machine, and OPcache looks for changes. It
 * names no image and builds none, so there is nothing of it that could be published.
 */
export function composeDev(run: RunDescription): object {
  return {
    services: {
      [SERVICE]: {
        environment: { PHP_OPCACHE_VALIDATE_TIMESTAMPS: '1' },
        restart: 'no',
        volumes: [
          {
            type: 'bind',
            source: '${APP:-./app}',
            target: run.application,
            read_only: true,
            bind: { create_host_path: false },
          },
        ],
      },
    },
  };
}
