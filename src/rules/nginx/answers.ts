import type { NginxNode } from './nginx-node';

/** Directives that hand a request to another program. */
export const PASSES = ['fastcgi_pass', 'grpc_pass', 'memcached_pass', 'proxy_pass', 'scgi_pass', 'uwsgi_pass'] as const;

/** Whether a block answers with a refusal, whatever is asked of it. */
export function refuses(block: NginxNode): boolean {
  return (
    block.own('return').some(({ args }) => /^4\d\d$/.test(args[0] ?? '')) ||
    block.own('internal').length > 0 ||
    (block.effective('deny').some((deny) => deny.has('all')) && block.effective('allow').length === 0)
  );
}

/** Whether a block sends files as they are. */
export function sendsFiles(block: NginxNode): boolean {
  return !refuses(block) && block.own('return').length === 0 && PASSES.every((pass) => block.own(pass).length === 0);
}

/** Whether a server lets no request through at all. */
export function isClosed(server: NginxNode): boolean {
  return server.own('return').some(({ args }) => /^4\d\d$/.test(args[0] ?? '')) || rejectsHandshake(server);
}

/** Whether a server ends every handshake of TLS. */
export function rejectsHandshake(server: NginxNode): boolean {
  return server.setting('ssl_reject_handshake')?.[0]?.toLowerCase() === 'on';
}

/** Locations of a block at any depth. */
export function locationsIn(block: NginxNode): readonly NginxNode[] {
  return block.find('location');
}
