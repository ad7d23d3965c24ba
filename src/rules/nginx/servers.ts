import type { NginxNode } from './nginx-node';
import type { NginxTree } from './read-nginx';
import { flatMap } from '../../config/flat-map';

/** A place where a server listens. */
export interface Listen {
  /** As nginx tells sockets apart: address and port. */
  readonly socket: string;
  /** Undefined for a unix socket. */
  readonly port: number | undefined;
  /** Only processes in the same network namespace, or on the same file system, reach it. */
  readonly local: boolean;
  readonly tls: boolean;
  readonly isDefault: boolean;
  readonly directive: NginxNode;
}

/** The servers for HTTP. */
export function httpServers({ main }: NginxTree): NginxNode[] {
  return flatMap(main.own('http'), (http) => http.own('server'));
}

/** Those that the world reaches. */
export function publicServers(tree: NginxTree): NginxNode[] {
  return httpServers(tree).filter(isPublic);
}

export function isPublic(server: NginxNode): boolean {
  const all = listensOf(server);
  return all.length === 0 || all.some(({ local }) => !local);
}

/** Where a server listens; none for one without `listen`, which takes a port of nginx's own choice. */
export function listensOf(server: NginxNode): Listen[] {
  return server.own('listen').map(toListen);
}

/** Whether it speaks TLS on one of its sockets. */
export function speaksTls(server: NginxNode): boolean {
  return listensOf(server).some(({ tls }) => tls) || server.setting('ssl')?.[0]?.toLowerCase() === 'on';
}

/** Of the servers on one socket, the one that answers hosts which no other has. */
export function defaultServers(
  tree: NginxTree,
): ReadonlyArray<{ readonly server: NginxNode; readonly listen: Listen }> {
  const bySocket = new Map<string, { server: NginxNode; listen: Listen }>();
  for (const server of publicServers(tree)) {
    for (const listen of listensOf(server).filter(({ local }) => !local)) {
      if (!bySocket.has(listen.socket) || listen.isDefault) {
        bySocket.set(listen.socket, { server, listen });
      }
    }
  }
  return [...bySocket.values()];
}

function toListen(directive: NginxNode): Listen {
  const [place = ''] = directive.args;
  const isUnix = place.startsWith('unix:');
  const [, address = '*', port = '80'] = isUnix
    ? []
    : (/^(?:(\[[^\]]*\]|[^:[\]]*):)?(\d+)$/.exec(place) ?? ['', place.replace(/:$/, '')]);
  return {
    socket: isUnix ? place : `${address === '0.0.0.0' ? '*' : address}:${port}`,
    port: isUnix ? undefined : Number(port),
    local: isUnix || /^(?:127\.[\d.]+|\[::1\]|localhost)$/.test(address),
    tls: directive.has('ssl') || directive.has('quic'),
    isDefault: directive.has('default_server') || directive.has('default'),
    directive,
  };
}
