import { rawText, type BreakingCase } from '../support';

export const NGINX_CASES: readonly BreakingCase[] = [
  rawText('NGX-002', 'nginx.conf', (text) => text.replace('server_tokens off;', ''), {
    story: 'server_tokens is taken out',
    says: 'the block http has no server_tokens',
  }),
  rawText('NGX-002', 'nginx.conf', (text) => text.replace('listen 8080 default_server;', '$& server_tokens on;'), {
    story: 'server_tokens is switched on for one server',
    says: 'server_tokens is on',
  }),
];
