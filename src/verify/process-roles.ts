import type { ProcessInfo } from './processes';

/** A service that every image has. */
export type ServiceName = 'nginx' | 'php-fpm';

/** What a process is to its service. */
export type Role = 'supervisor' | 'master' | 'worker';

/**
 * The processes of a service in a role, told by who started whom: titles such as `nginx: worker` are not seen from
 * outside where the architecture is emulated.
 */
export function processesOf(all: readonly ProcessInfo[], service: ServiceName, role: Role): ProcessInfo[] {
  const supervisors = all.filter(({ command }) => command === `s6-supervise ${service}`);
  if (role === 'supervisor') {
    return supervisors;
  }
  // Before it is the server, and after it has died, the supervised process is a script of s6.
  const masters = childrenOf(all, supervisors).filter(({ command }) => isProgram(command, service));
  return role === 'master' ? masters : childrenOf(all, masters);
}

function childrenOf(all: readonly ProcessInfo[], parents: readonly ProcessInfo[]): ProcessInfo[] {
  const ids = parents.map(({ status }) => status.get('Pid'));
  return all.filter(({ status }) => status.has('PPid') && ids.includes(status.get('PPid')));
}

/** `nginx: master process`, `/usr/sbin/nginx -c ...`, `/usr/sbin/php-fpm8.4 ...` */
function isProgram(command: string, service: ServiceName): boolean {
  const program = command.split(' ')[0]!.split('/').pop()!;
  return program.startsWith(service);
}
