import type { FileRule, Finding } from '../rule';
import { isClosed } from './answers';
import { patternOf } from './find-location';
import type { NginxNode } from './nginx-node';
import { eachNginx } from './read-nginx';
import { isPublic, publicServers } from './servers';

/** Variables that carry what nobody but the application may know. */
const SECRETS =
  /\$\{?(?:http_(?:authorization|cookie|proxy_authorization|set_cookie|x_api_key|x_auth_token|x_csrf_token)|cookie_\w+|request_body\w*|sent_http_set_cookie)\b/i;

/** Levels at which warnings are told. */
const LEVELS = ['info', 'notice', 'warn'];

const STREAMS = /^\/(?:dev\/std(?:out|err)|proc\/self\/fd\/[12])$/;

/** NGX-013 */
export const LOGS: FileRule = {
  id: 'NGX-013',
  severity: 'MEDIUM',
  kind: 'bounded',
  statement:
    'Every request is logged on stdout, the health check apart, warnings and errors on stderr, and no log holds a secret',
  why: 'what nobody logged nobody can look into afterwards; a log with cookies is a list of sessions to take over',
  next: 'leave access_log and error_log as they are, and switch the log off in exact locations alone',
  fix: 'NginxConstruct logs requests as JSON on stdout and errors from warn on stderr',
  sources: ['CIS NGINX 3.1', 'CIS NGINX 3.2', 'CIS NGINX 3.3'],
  check: (subject) =>
    eachNginx(subject, (tree) => [
      ...publicServers(tree)
        .filter((server) => !isClosed(server))
        .filter((server) => !server.effective('access_log').some(isStream))
        .map((server) => server.finding('requests are not logged on stdout')),
      ...tree.main.find('access_log').flatMap(findSilent),
      ...(tree.main.own('error_log').some((node) => isStream(node) && isTalkative(node))
        ? []
        : [{ file: tree.file, what: 'warnings are not logged on stderr' }]),
      ...tree.main.find('error_log').flatMap(findQuiet),
      ...tree.main
        .find('log_format')
        .filter(({ args }) => args.some((arg) => SECRETS.test(arg)))
        .map((node) => node.finding(`the log format ${node.args[0]} holds ${SECRETS.exec(node.args.join(' '))![0]}`)),
    ]),
};

function isStream({ args }: NginxNode): boolean {
  return STREAMS.test(args[0] ?? '');
}

function findSilent(node: NginxNode): Finding[] {
  if (isStream(node)) {
    return [];
  }
  if (node.args[0] !== 'off') {
    return [node.finding(`the log goes to ${node.args[0]}, not to stdout`)];
  }
  const block = node.parent!;
  const isExact = block.name === 'location' && patternOf(block).kind === 'exact';
  const isLocal = block.name === 'server' && !isPublic(block);
  return isExact || isLocal ? [] : [node.finding(`the log is switched off for all of ${block.title}`)];
}

function isTalkative({ args }: NginxNode): boolean {
  return LEVELS.includes(args[1] ?? 'error');
}

function findQuiet(node: NginxNode): Finding[] {
  return isStream(node) && isTalkative(node)
    ? []
    : [node.finding(`${node.title} is not stderr at one of the levels ${LEVELS.join(', ')}`)];
}
