import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';
import { patternOf } from './find-location';
import type { NginxNode } from './nginx-node';
import { readNginx, type NginxTree } from './read-nginx';
import { constantVariables, decodedVariables, variablesIn } from './variables';

/** NGX-010 */
export const SAFE_TARGETS: FileRule = {
  id: 'NGX-010',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'A request decides neither which file outside of a location is sent, nor where another request goes, nor what a header says; and all that nginx reads is in the image',
  why: 'each of these is a known way from one request to the files of the server, to hosts behind it, or to the answers of others',
  next: 'write locations and aliases with the same slash at their ends, redirect to $request_uri, name hosts in full, use a map in the place of if',
  sources: [
    'gixy: alias_traversal, http_splitting, ssrf, if_is_evil, resolver_external, valid_referers, origins',
    'nginx: If is Evil',
  ],
  check: (subject) =>
    subject.eachContext((context) => {
      const tree = readNginx(context, subject);
      return [
        ...tree.unread.map((node) =>
          node.finding(
            `${node.title} is no single file of the image, so no rule has seen it`,
            'add the file by addFile and name it in full',
          ),
        ),
        ...findPaths(tree),
        ...findSplitting(tree),
        ...findHosts(tree),
        ...findIfs(tree),
        ...findResolvers(tree),
        ...findOrigins(tree),
        ...findChangedByStep(context),
      ];
    }),
};

function findPaths({ main }: NginxTree): Finding[] {
  return [
    ...main
      .find('alias', 'root')
      .filter(({ args }) => variablesIn(args[0] ?? '').length > 0)
      .map((node) => node.finding(`a request is part of the path of files: ${node.title}`)),
    ...main
      .find('alias')
      .filter(leavesLocation)
      .map((node) =>
        node.finding(
          `${node.title} ends with a slash and ${node.parent!.title} does not: a path with .. leaves the directory`,
        ),
      ),
  ];
}

/** `location /files` with `alias /data/files/`: /files../secret is /data/files/../secret. */
function leavesLocation({ args: [path = ''], parent }: NginxNode): boolean {
  const { kind, text } = patternOf(parent!);
  return /prefix$/.test(kind) && path.endsWith('/') && !text.endsWith('/');
}

function findSplitting({ main }: NginxTree): Finding[] {
  const decoded = decodedVariables(main);
  return main
    .find('add_header', 'add_trailer', 'proxy_pass', 'proxy_redirect', 'proxy_set_header', 'return', 'rewrite')
    .flatMap((node) => {
      const used = node.args.slice(node.name === 'rewrite' ? 1 : 0).flatMap(variablesIn);
      const decodes = used.filter((name) => decoded.has(name));
      const captured = splitsByCapture(node) ? used.filter((name) => /^\d$/.test(name)) : [];
      const told = [...new Set([...decodes, ...captured])];
      return told.length === 0
        ? []
        : [node.finding(`${node.name} uses $${told.join(', $')}, which may hold a line break: ${node.title}`)];
    });
}

/** A capture of an expression that matches line breaks, where it reaches a header: `[^/]+`, `\s`, `(?s)`. */
function splitsByCapture(node: NginxNode): boolean {
  const toClient = node.name !== 'rewrite' || /^(?:\$scheme|https?:)/.test(node.args[1] ?? '') || node.args.length > 2;
  const block = node.parent!;
  const expression =
    node.name === 'rewrite'
      ? (node.args[0] ?? '')
      : block.name === 'location' && patternOf(block).kind === 'expression'
        ? patternOf(block).text
        : block.name === 'if'
          ? block.args.join(' ')
          : '';
  const isInternal = node.name === 'rewrite' && /^(?:last|break)$/.test(node.args[2] ?? '');
  return toClient && !isInternal && /\[\^(?![^\]]*\\[nrs])|\\[sDWNRHV]|\(\?\w*s/.test(expression);
}

function findHosts({ main }: NginxTree): Finding[] {
  const constant = constantVariables(main);
  return main
    .find('fastcgi_pass', 'grpc_pass', 'memcached_pass', 'proxy_pass', 'scgi_pass', 'uwsgi_pass')
    .flatMap((node) => {
      const [target = ''] = node.args;
      // A path follows the host right away where it is the request's own, which begins with a slash.
      const [, host = ''] = /^(?:\w+:\/\/)?(.*?)(?:\/|\$request_uri|$)/.exec(target) ?? [];
      const scheme = target.startsWith('$scheme');
      const chosen = variablesIn(scheme ? target : host).filter((name) => !constant.has(name));
      return chosen.length === 0
        ? []
        : [node.finding(`a request chooses where ${node.title} goes: $${chosen.join(', $')}`)];
    });
}

function findIfs({ main }: NginxTree): Finding[] {
  return main.find('if').flatMap((node) => {
    const others = node.children!.filter(({ name }) => name !== 'return');
    return others.length === 0
      ? []
      : [node.finding(`${node.title} has more in it than a return: ${others.map(({ name }) => name).join(', ')}`)];
  });
}

/** Of this machine, or of a network that nobody outside can speak for. */
const OWN_NETWORK =
  /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[(?:::1|f[cd][0-9a-f]{2}:|fe80:))/i;

function findResolvers({ main }: NginxTree): Finding[] {
  return main.find('resolver').flatMap((node) => {
    const strangers = node.args.filter((arg) => !arg.includes('=') && !OWN_NETWORK.test(arg) && /[.:]/.test(arg));
    return strangers.length === 0
      ? []
      : [node.finding(`names are looked up outside of the own network: ${strangers.join(', ')}`)];
  });
}

function findOrigins({ main }: NginxTree): Finding[] {
  const reflected = main
    .find('add_header')
    .filter(
      ({ args }) =>
        args[0]?.toLowerCase() === 'access-control-allow-origin' && variablesIn(args[1] ?? '').includes('http_origin'),
    );
  const referers = main.find('valid_referers').filter((node) => node.has('none'));
  const maps = main.find('map').filter(({ args }) => /^\$http_(?:origin|referer)$/.test(args[0] ?? ''));
  const loose = maps.flatMap(({ children }) =>
    children!.filter(
      ({ name }) =>
        name.startsWith('~') && !/^~\*?\^https?:\/\/.*(?:\$|\/)$|^~\*?\^https\?:\/\/.*(?:\$|\/)$/.test(name),
    ),
  );
  const tests = main
    .find('if')
    .filter(
      ({ args }) =>
        /^\(?\$http_(?:origin|referer)$/.test(args[0] ?? '') &&
        args.some((arg) => /^!?~\*?$/.test(arg)) &&
        !args.some((arg) => /^["']?\^https?\??:/.test(arg)),
    );
  return [
    ...reflected.map((node) => node.finding('every origin is allowed: the header of the request is sent back')),
    ...referers.map((node) => node.finding('a request without a referer counts as a valid one')),
    ...[...loose, ...tests].map((node) => node.finding(`an expression for origins is open at an end: ${node.title}`)),
  ];
}

/** A step of the build that writes where the configuration lies would do so after every rule has looked. */
function findChangedByStep(context: RuleContext): Finding[] {
  return context.files
    .filter(({ path }) => path.startsWith(context.pathOf('scripts/steps/')))
    .filter(({ content }) => /\/etc\/nginx|nginx\.conf|security-headers\.conf|fastcgi\.conf/.test(content))
    .map(({ path }) => ({
      file: path,
      what: 'a build step changes the configuration of nginx',
      next: 'change it by an option or by patchFile, so that the rules see it',
    }));
}
