import { walkNginx } from '../parse/nginx';
import type { FileRule } from '../rule';
import { nginxFinding } from './nginx-finding';

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
    subject.eachContext((context) => {
      const all = [...walkNginx(context.nginx())];
      const tokens = all.filter(({ directive }) => directive.name === 'server_tokens');
      const inHttp = tokens.some(({ around }) => around.length === 1 && around[0]!.name === 'http');
      return [
        ...(inHttp ? [] : [nginxFinding(context, undefined, 'the block http has no server_tokens')]),
        ...tokens
          .filter(({ directive }) => directive.args[0] !== 'off')
          .map(({ directive }) => nginxFinding(context, directive, `server_tokens is ${directive.args[0]}`)),
        ...all
          .filter(({ directive }) => directive.name === 'location' && isApplication(directive.children ?? []))
          .filter(({ directive }) => !directive.children!.some(hidesPoweredBy))
          .map(({ directive }) => nginxFinding(context, directive, 'the header X-Powered-By of PHP is passed on')),
      ];
    }),
};

/** A location that lets PHP run a file; the health and status pages are answered by PHP-FPM itself. */
function isApplication(children: ReadonlyArray<{ name: string; args: readonly string[] }>): boolean {
  return (
    children.some(({ name }) => name === 'fastcgi_pass') &&
    children.some(({ name, args }) => name === 'fastcgi_param' && args[1]?.startsWith('$document_root'))
  );
}

function hidesPoweredBy({ name, args }: { name: string; args: readonly string[] }): boolean {
  return name === 'fastcgi_hide_header' && args[0]?.toLowerCase() === 'x-powered-by';
}
