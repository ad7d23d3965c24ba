import type { RunDescription, RunMount } from './run-description';

/** Mount options of a tmpfs. Group 0 is for users of arbitrary number. */
export function tmpfsOptions({ exec, mode, mebibytes }: RunMount, { uid }: RunDescription): string {
  return `rw,${exec ? 'exec' : 'noexec'},nosuid,nodev,uid=${uid},gid=0,mode=${mode},size=${mebibytes}m`;
}

/** The kernel setting that says from which port on everybody may listen. */
export const LOWEST_PORT = 'net.ipv4.ip_unprivileged_port_start';

/** Kernel settings of a container: engines let everybody listen on every port and make ping sockets. */
export function containerSysctls({ lowestPort }: RunDescription): Readonly<Record<string, string>> {
  return { [LOWEST_PORT]: String(lowestPort), 'net.ipv4.ping_group_range': '1 0' };
}

/** The flags of `docker run`, with what is mounted; neither a name nor the image. */
export function dockerRunFlags(run: RunDescription): string[] {
  return [
    '--read-only',
    '--cap-drop ALL',
    '--security-opt no-new-privileges:true',
    '--security-opt seccomp=seccomp.json',
    ...Object.entries(containerSysctls(run)).map(([name, value]) => `--sysctl ${quote(`${name}=${value}`)}`),
    ...run.mounts.map((mount) =>
      mount.kind === 'tmpfs'
        ? `--tmpfs ${mount.path}:${tmpfsOptions(mount, run)}`
        : `--volume ${run.name}_${mount.name}:${mount.path}`,
    ),
    ...run.secrets.map(({ path }) => `--volume "$PWD${path}:${path}:ro"`),
    ...run.ports.map(({ host, container }) => `--publish 127.0.0.1:${host}:${container}`),
    `--memory ${run.limits.memory}m`,
    `--pids-limit ${run.limits.pids}`,
    `--cpus ${run.limits.cpus}`,
    `--ulimit core=0`,
    `--ulimit nofile=${run.limits.files}`,
    `--stop-timeout ${run.stopGracePeriod}`,
  ];
}

function quote(word: string): string {
  return word.includes(' ') ? `'${word}'` : word;
}
