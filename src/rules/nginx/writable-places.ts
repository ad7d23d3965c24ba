import type { WritableFacts } from '../image-facts';
import type { FileRule, Finding } from '../rule';
import { PASSES } from './answers';
import type { NginxNode } from './nginx-node';
import { eachNginx, type NginxTree } from './read-nginx';

/** Where nginx spools what does not fit into memory. */
const TEMPORARY = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'].map((name) => `${name}_temp_path`);

/** Further places that it writes to, where one is asked for. */
const STORES = ['fastcgi_cache_path', 'proxy_cache_path', 'scgi_cache_path', 'uwsgi_cache_path'];

/** NGX-014 */
export const WRITABLE_PLACES: FileRule = {
  id: 'NGX-014',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'nginx stays in the foreground, writes below the writable paths alone, and hands no Proxy header on',
  why: 'the root is read-only, so nginx would not start or would lose large requests; a Proxy header would turn the requests of the application to a proxy of the attacker',
  next: 'leave pid, daemon, the temp paths and HTTP_PROXY as they are; declare a writable path (addWritablePath) for a cache',
  fix: 'NginxConstruct writes all of them',
  sources: ['CIS NGINX 2.3.3', 'CVE-2016-5385 (httpoxy)'],
  check: (subject) =>
    eachNginx(subject, (tree) => [
      ...findDaemon(tree),
      ...findPlaces(tree, subject.facts.writablePaths),
      ...tree.main
        .find(...PASSES)
        .filter((pass) => handsProxyOn(pass))
        .map((pass) => pass.finding(`a header named Proxy is handed on by ${pass.title}`)),
    ]),
};

function findDaemon({ main, file }: NginxTree): Finding[] {
  const isOff = main.own('daemon').some(({ args }) => args[0]?.toLowerCase() === 'off');
  return [
    ...(isOff ? [] : [{ file, what: 'nginx goes into the background: there is no `daemon off`' }]),
    ...main
      .own('master_process')
      .filter((node) => node.has('off'))
      .map((node) => node.finding('nginx has no master process, so nobody replaces a worker that dies')),
  ];
}

/** The name of the pid's file, and everything that is spooled, is gone with the container. */
function findPlaces({ main, file }: NginxTree, writable: readonly WritableFacts[]): Finding[] {
  const temporary = writable.filter(({ kind }) => kind === 'tmpfs');
  const http = main.own('http');
  const missing = [
    ...(main.own('pid').length > 0 ? [] : ['pid']),
    ...TEMPORARY.filter((name) => !http.some((block) => block.own(name).length > 0)),
  ];
  return [
    ...missing.map((name) => ({ file, what: `${name} is not set, and its default is on the read-only root` })),
    ...main
      .find('pid', 'lock_file', ...TEMPORARY)
      .filter((node) => !isBelow(node, temporary))
      .map(outside),
    ...main
      .find(...STORES)
      .filter((node) => !isBelow(node, writable))
      .map(outside),
  ];
}

function outside(node: NginxNode): Finding {
  return node.finding(`${node.name} ${node.args[0] ?? ''} is not below a writable path`);
}

function isBelow({ args: [path = ''] }: NginxNode, writable: readonly WritableFacts[]): boolean {
  return !path.split('/').includes('..') && writable.some((item) => path.startsWith(`${item.path}/`));
}

function handsProxyOn(pass: NginxNode): boolean {
  const block = pass.parent!;
  if (pass.name === 'proxy_pass' || pass.name === 'grpc_pass') {
    const setting = pass.name.replace('_pass', '_set_header');
    return !block.effective(setting).some(({ args }) => args[0]?.toLowerCase() === 'proxy' && args[1] === '');
  }
  if (pass.name === 'memcached_pass') {
    return false;
  }
  const params = block.effective(pass.name.replace('_pass', '_param')).filter(({ args }) => args[0] === 'HTTP_PROXY');
  return params.length === 0 || params.some(({ args }) => args[1] !== '');
}
