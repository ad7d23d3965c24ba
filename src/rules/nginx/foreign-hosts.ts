import { flatMap } from '../../config/flat-map';
import type { Finding } from '../rule';
import { PASSES } from './answers';
import { conditionOf, expressionOf } from './condition';
import type { NginxTree } from './read-nginx';
import { constantVariables, variablesIn } from './variables';

/** Requests that go where the client says. */
export function findHosts({ main }: NginxTree): Finding[] {
  const constant = constantVariables(main);
  return flatMap(main.find(...PASSES), (node) => {
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

/** Parts of a request that its link names, whoever wrote that. */
const BY_LINK = /^(?:arg_|cookie_|http_(?!host$)|args$|query_string$)/;

/** Redirects to hosts that whoever wrote the link has chosen. */
export function findRedirects({ main }: NginxTree): Finding[] {
  return flatMap(main.find('return', 'rewrite'), (node) => {
    const [first = '', second = first] = node.args;
    const isRedirect = node.name === 'rewrite' || /^(?:30[12378]$|\$|https?:)/.test(first);
    const [host = ''] = /^(?:[^/]*:)?(?:\/\/)?[^/]*/.exec(second) ?? [];
    const chosen = isRedirect ? variablesIn(host).filter((name) => BY_LINK.test(name)) : [];
    return chosen.length === 0
      ? []
      : [node.finding(`a link chooses the host that ${node.title} sends to: $${chosen.join(', $')}`)];
  });
}

/** Of this machine, or of a network that nobody outside can speak for. */
const OWN_NETWORK =
  /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[(?:::1|f[cd][0-9a-f]{2}:|fe80:))/i;

/** Servers of names that anybody could answer for. */
export function findResolvers({ main }: NginxTree): Finding[] {
  return flatMap(main.find('resolver'), (node) => {
    const strangers = node.args.filter((arg) => !arg.includes('=') && !OWN_NETWORK.test(arg) && /[.:]/.test(arg));
    return strangers.length === 0
      ? []
      : [node.finding(`names are looked up outside of the own network: ${strangers.join(', ')}`)];
  });
}

/** An expression for an address that is closed at both ends: no host that only looks alike matches it. */
const CLOSED = /^\^https?\??:\/\/.*(?:\$|\/)$/s;

function isOrigin(variable: string): boolean {
  return variable === '$http_origin' || variable === '$http_referer';
}

/** Tests of where a request comes from that let others in. */
export function findOrigins({ main }: NginxTree): Finding[] {
  const reflected = main
    .find('add_header')
    .filter(
      ({ args }) =>
        args[0]?.toLowerCase() === 'access-control-allow-origin' && variablesIn(args[1] ?? '').includes('http_origin'),
    );
  const referers = main.find('valid_referers').filter((node) => node.has('none'));
  const maps = main.find('map').filter(({ args }) => isOrigin(args[0] ?? ''));
  const loose = flatMap(maps, ({ children }) =>
    children!.filter(({ name }) => name.startsWith('~') && !CLOSED.test(name.replace(/^~\*?/, ''))),
  );
  const tests = main.find('if').filter((node) => {
    const expression = expressionOf(node);
    return expression !== undefined && isOrigin(conditionOf(node).variable) && !CLOSED.test(expression);
  });
  return [
    ...reflected.map((node) => node.finding('every origin is allowed: the header of the request is sent back')),
    ...referers.map((node) => node.finding('a request without a referer counts as a valid one')),
    ...[...loose, ...tests].map((node) => node.finding(`an expression for origins is open at an end: ${node.title}`)),
  ];
}
