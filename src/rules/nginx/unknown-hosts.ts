import { flatMap } from '../../config/flat-map';
import { PING_PATH } from '../../image';
import type { FileRule, Finding } from '../rule';
import { isClosed, locationsIn, refuses } from './answers';
import { findLocation, patternOf } from './find-location';
import type { NginxNode } from './nginx-node';
import { eachNginx, type NginxTree } from './read-nginx';
import { defaultServers, publicServers } from './servers';

/** NGX-003 */
export const UNKNOWN_HOSTS: FileRule = {
  id: 'NGX-003',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'Where hosts are named, nginx refuses every other one, and PHP is told none that nginx has not checked',
  why: 'an application builds links (to reset a password) from the host that a request names, and an attacker chooses that name',
  next: 'name hosts by nginx.serverNames alone, and leave the default server as it is',
  fix: 'NginxConstruct refuses unknown hosts: by ssl_reject_handshake where nginx has it, else by `return 444`; PHP gets its HTTP_HOST from $host',
  sources: ['CIS NGINX 2.4.2', 'gixy: host_spoofing', 'OWASP Web Security Testing Guide: Host header injection'],
  check: (subject) => {
    const names = subject.facts.serverNames;
    return eachNginx(subject, (tree) =>
      names.length === 0 ? [] : [...findOpenDefaults(tree), ...findStrangers(tree, names), ...findUnchecked(tree)],
    );
  },
};

/** `/ping` is answered on any host: load balancers and probes name none. */
function findOpenDefaults(tree: NginxTree): Finding[] {
  return flatMap(defaultServers(tree), ({ server, listen }) => {
    if (!isClosed(server) && (!refuses(findLocation(server, '/')) || locationsIn(server).some(isOpen))) {
      return [listen.directive.finding('a host that nobody named is answered')];
    }
    const answersPing = listen.tls || findLocation(server, PING_PATH).own('fastcgi_pass').length > 0;
    return answersPing ? [] : [listen.directive.finding(`${PING_PATH} is not answered on every host`)];
  });
}

function isOpen(location: NginxNode): boolean {
  const { kind, text } = patternOf(location);
  return !refuses(location) && !(kind === 'exact' && text === PING_PATH);
}

function findStrangers(tree: NginxTree, names: readonly string[]): Finding[] {
  const defaults = defaultServers(tree).map(({ server }) => server);
  return publicServers(tree)
    .filter((server) => !defaults.includes(server))
    .flatMap((server) =>
      server
        .own('server_name')
        .flatMap((node) =>
          node.args
            .filter((name) => !names.includes(name.toLowerCase()))
            .map((name) => node.finding(`the host ${name} is answered, which the image does not declare`)),
        ),
    );
}

/** A request can name one host in its first line and another in its header; nginx checks the first. */
function findUnchecked(tree: NginxTree): Finding[] {
  return flatMap(publicServers(tree), (server) =>
    server
      .find('fastcgi_pass')
      .map(({ parent }) => parent!)
      .filter((block) => patternOf(block).text !== PING_PATH)
      .filter((block) => !tellsCheckedHost(block))
      .map((block) => block.finding('PHP takes HTTP_HOST from the header, which nginx has not checked')),
  );
}

function tellsCheckedHost(block: NginxNode): boolean {
  return block
    .effective('fastcgi_param')
    .some(({ args }) => args[0] === 'HTTP_HOST' && /^\$host(?:$|[:$])/.test(args[1] ?? ''));
}
