import { PING_PATH } from '../../image';
import type { FileRule, Finding } from '../rule';
import { isClosed } from './answers';
import type { NginxNode } from './nginx-node';
import { eachNginx, type NginxTree } from './read-nginx';
import { publicServers } from './servers';

/** Most requests at a time of one client. */
const MOST = 65_536;

/** NGX-006 */
export const CONNECTION_LIMITS: FileRule = {
  id: 'NGX-006',
  severity: 'MEDIUM',
  kind: 'bounded',
  statement: `One address has at most ${MOST} requests in flight (512 by default), and every zone that a limit names is there`,
  why: 'one client could take every connection and every worker of PHP',
  next: 'choose the limit by nginx.limits.connections, and where requests are counted too, by nginx.limits.requestsPerSecond',
  fix: 'NginxConstruct limits connections by address; requests by the second are limited where a person asks, since behind a proxy that is not trusted all traffic has one address',
  sources: ['CIS NGINX 5.2.4', 'CIS NGINX 5.2.5', 'dev-sec nginx-07'],
  check: (subject) =>
    eachNginx(subject, (tree) => [
      ...publicServers(tree)
        .filter((server) => !isClosed(server) && server.effective('limit_conn').length === 0)
        .map((server) => server.finding('requests in flight are not limited by address')),
      ...tree.main.find('limit_conn').flatMap((node) => findLoose(tree, node)),
      ...tree.main.find('limit_req').flatMap((node) => findZone(tree, node, 'limit_req_zone', zoneOfRequests(node))),
      ...tree.main
        .find('limit_conn_dry_run', 'limit_req_dry_run')
        .filter((node) => node.has('on'))
        .map((node) => node.finding('limits are counted and not kept')),
    ]),
};

function findLoose(tree: NginxTree, node: NginxNode): Finding[] {
  const [zone = '', number = ''] = node.args;
  const count = Number(number);
  return [
    ...(count >= 1 && count <= MOST ? [] : [node.finding(`${node.title} is not within 1 and ${MOST}`)]),
    ...findZone(tree, node, 'limit_conn_zone', zone),
  ];
}

function zoneOfRequests({ args }: NginxNode): string {
  return args.find((arg) => arg.startsWith('zone='))?.slice('zone='.length) ?? '';
}

/** By address: a key that a client can choose is no limit, and one that is the same for all stops everybody. */
function findZone(tree: NginxTree, node: NginxNode, kind: string, name: string): Finding[] {
  const zone = tree.main.find(kind).find(({ args }) => args.some((arg) => arg.startsWith(`zone=${name}:`)));
  if (!zone) {
    return [node.finding(`${node.name} names the zone ${name || 'of no name'}, and no ${kind} defines it`)];
  }
  return isByAddress(tree, zone.args[0] ?? '')
    ? []
    : [zone.finding(`the zone ${name} counts by ${zone.args[0]}, not by $binary_remote_addr`)];
}

const ADDRESSES: readonly string[] = ['$binary_remote_addr', '$remote_addr'];

/** The address itself, or a map that gives it for every request but the health check, which is counted by nobody. */
function isByAddress({ main }: NginxTree, key: string): boolean {
  const [map, ...others] = main.find('map').filter(({ args }) => args[1] === key);
  if (!map) {
    return ADDRESSES.includes(key);
  }
  const values = map.children ?? [];
  return (
    others.length === 0 &&
    map.args[0] === '$uri' &&
    values.some(({ name }) => name === 'default') &&
    values.every(({ name, args }) =>
      name === 'default' ? ADDRESSES.includes(args[0] ?? '') : name === `~^${PING_PATH}\\z` && args[0] === '',
    )
  );
}
