import type { FileRule } from '../rule';
import { eachNginx } from './read-nginx';
import { httpServers, listensOf } from './servers';

/** NGX-001 */
export const UNPRIVILEGED: FileRule = {
  id: 'NGX-001',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'nginx changes to no other user, and listens on the ports that the image declares',
  why: 'a master process that may change its user is root; a port that nobody declared is behind no firewall rule',
  next: 'take out `user`, and choose ports by nginx.port, nginx.tls.port or addPort',
  fix: 'NginxConstruct writes no `user`; nginx.port is 8080 by default',
  sources: ['CIS NGINX 2.2.1', 'CIS NGINX 2.4.1', 'dev-sec nginx-01'],
  check: (subject) =>
    eachNginx(subject, (tree) => [
      ...tree.main.find('user').map((node) => node.finding(`nginx is told to change to another user: ${node.title}`)),
      ...httpServers(tree)
        .filter((server) => server.own('listen').length === 0)
        .map((server) => server.finding('a server has no listen, so nginx chooses a port itself')),
      ...tree.main
        .find('server')
        .flatMap(listensOf)
        .filter(({ local, port }) => !local && !subject.facts.ports.includes(port!))
        .map(({ directive, port }) => directive.finding(`port ${port} is none of the ports that the image declares`)),
    ]),
};
