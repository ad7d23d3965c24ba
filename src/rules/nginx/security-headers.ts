import type { FileRule, Finding } from '../rule';
import { isClosed } from './answers';
import type { NginxNode } from './nginx-node';
import { eachNginx } from './read-nginx';
import { publicServers, speaksTls } from './servers';

/** What browsers have to be told, and what its value has to look like. */
const WANTED: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /\S/,
  'permissions-policy': /\S/,
  'referrer-policy': /\S/,
  'x-content-type-options': /^nosniff$/i,
  'x-frame-options': /^(?:deny|sameorigin)$/i,
};

const HSTS = 'strict-transport-security';

/** Shorter than that, the promise to speak TLS is none. */
const LEAST_AGE = 300;

/** NGX-007 */
export const SECURITY_HEADERS: FileRule = {
  id: 'NGX-007',
  severity: 'MEDIUM',
  kind: 'bounded',
  statement:
    'Every answer, errors included, carries Content-Security-Policy, Permissions-Policy, Referrer-Policy, X-Content-Type-Options and X-Frame-Options, and over TLS Strict-Transport-Security',
  why: 'a block with an add_header of its own sends none of those around it, and a browser then frames pages, guesses types and speaks HTTP',
  next: 'set headers by nginx.headers; a block that adds one includes /etc/nginx/security-headers.conf as well',
  fix: 'NginxConstruct includes one file of headers in every server',
  sources: [
    'CIS NGINX 5.3.1',
    'CIS NGINX 5.3.2',
    'CIS NGINX 5.3.3',
    'gixy: add_header_redefinition',
    'dev-sec nginx-08',
  ],
  check: (subject) =>
    eachNginx(subject, (tree) => {
      const open = publicServers(tree).filter((server) => !isClosed(server));
      return [
        ...tree.main
          .find('add_header_inherit')
          .filter((node) => node.has('off'))
          .map((node) => node.finding('headers of the blocks around it are not sent')),
        ...open.flatMap((server) =>
          [server, ...blocksWithHeaders(server)].flatMap((block) => findMissing(block, server)),
        ),
      ];
    }),
};

function blocksWithHeaders(server: NginxNode): NginxNode[] {
  return server.all().filter((block) => block.own('add_header').length > 0);
}

function findMissing(block: NginxNode, server: NginxNode): Finding[] {
  const headers = headersOf(block);
  const missing = Object.entries(WANTED)
    .filter(([name, value]) => !headers.some((header) => isSent(header, name, value)))
    .map(([name]) => name);
  const told =
    missing.length === 0
      ? []
      : [block.finding(`${block.title} sends no ${missing.join(', ')} on every answer (add_header ... always)`)];
  return speaksTls(server) && !headers.some(isStrict)
    ? [...told, block.finding(`${block.title} sends no ${HSTS} of at least ${LEAST_AGE} seconds over TLS`)]
    : told;
}

/** What holds in a block; with `add_header_inherit merge` those around it too. */
function headersOf(block: NginxNode): NginxNode[] {
  const own = block.own('add_header');
  const merges = block.setting('add_header_inherit')?.[0] === 'merge';
  return own.length > 0 && !merges ? own : [...own, ...(block.parent ? headersOf(block.parent) : [])];
}

/** A value that is nothing but a variable may be empty, and then nothing is sent. */
function isSent({ args }: NginxNode, name: string, value: RegExp): boolean {
  const [key = '', text = '', always] = args;
  return key.toLowerCase() === name && always === 'always' && !/^\$\w+$/.test(text) && value.test(text);
}

function isStrict(header: NginxNode): boolean {
  const [key = '', text = '', always] = header.args;
  return key.toLowerCase() === HSTS && always === 'always' && ageOf(overTls(header, text)) >= LEAST_AGE;
}

/** What a map of `$https` makes of a variable over TLS; any other text as it is. */
function overTls(header: NginxNode, text: string): string {
  const map = header
    .around('http')
    ?.own('map')
    .find(({ args }) => args[0] === '$https' && args[1] === text);
  return map ? (map.children!.find(({ name }) => name === 'on')?.args[0] ?? '') : text;
}

function ageOf(text: string): number {
  return Number(/(?:^|[;\s])max-age="?(\d+)/i.exec(text)?.[1] ?? 0);
}
