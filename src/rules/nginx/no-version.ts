import type { FileRule } from '../rule';
import type { NginxNode } from './nginx-node';
import { eachNginx } from './read-nginx';

/** NGX-002 */
export const NO_VERSION: FileRule = {
  id: 'NGX-002',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'nginx and PHP do not tell their versions',
  why: 'a scanner that reads a version knows which published holes to try',
  next: 'keep `server_tokens off` in the block http, and `fastcgi_hide_header X-Powered-By` where PHP answers',
  fix: 'NginxConstruct writes both',
  sources: ['CIS NGINX 2.5.1', 'CIS NGINX 2.5.4'],
  check: (subject) =>
    eachNginx(subject, ({ main, file }) => [
      ...(main.own('http').some((http) => http.own('server_tokens').length > 0)
        ? []
        : [{ file, what: 'the block http has no server_tokens' }]),
      ...main
        .find('server_tokens')
        .filter((node) => node.args[0]?.toLowerCase() !== 'off')
        .map((node) => node.finding(`server_tokens is ${node.args[0]}`)),
      ...main
        .find('fastcgi_pass')
        .map(({ parent }) => parent!)
        .filter((block) => runsFile(block) && !hidesPoweredBy(block))
        .map((block) => block.finding('the header X-Powered-By of PHP is passed on')),
      ...main
        .find('fastcgi_pass_header', 'proxy_pass_header')
        .filter((node) => node.has('x-powered-by') || node.has('server'))
        .map((node) => node.finding(`a header that tells a version is passed on: ${node.title}`)),
    ]),
};

/** Pages that PHP-FPM answers itself have no such header. */
function runsFile(block: NginxNode): boolean {
  return block
    .effective('fastcgi_param')
    .some(({ args }) => args[0] === 'SCRIPT_FILENAME' && args[1]?.startsWith('$') === true);
}

function hidesPoweredBy(block: NginxNode): boolean {
  return block.effective('fastcgi_hide_header').some((node) => node.has('x-powered-by'));
}
