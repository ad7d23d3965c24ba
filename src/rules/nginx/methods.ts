import type { FileRule, Finding } from '../rule';
import { isClosed } from './answers';
import { conditionOf } from './condition';
import { toRegExp } from './find-location';
import type { NginxNode } from './nginx-node';
import { eachNginx } from './read-nginx';
import { publicServers } from './servers';

/** Methods that no application has a use for; the last one stands for all that nobody has thought of. */
const REFUSED = ['CONNECT', 'DEBUG', 'TRACE', 'TRACK', 'ANYTHING'];

/** NGX-011 */
export const METHODS: FileRule = {
  id: 'NGX-011',
  severity: 'MEDIUM',
  kind: 'bounded',
  statement:
    'nginx refuses the methods of requests that the image does not name, TRACE, TRACK, DEBUG and CONNECT always',
  why: 'an application checks the methods that it knows; what it does with others nobody has thought of',
  next: 'name the methods by nginx.methods',
  fix: 'NginxConstruct answers 405 to every method that nginx.methods does not name',
  sources: ['CIS NGINX 5.1.2', 'dev-sec nginx-14'],
  check: (subject) =>
    eachNginx(subject, (tree) => [
      ...tree.main
        .find('dav_methods')
        .filter((node) => !node.has('off'))
        .map((node) => node.finding(`nginx itself writes and removes files: ${node.title}`)),
      ...publicServers(tree)
        .filter((server) => !isClosed(server))
        .flatMap((server): Finding[] => {
          const passed = REFUSED.filter((method) => !server.own('if').some((test) => stops(test, method)));
          return passed.length === 0
            ? []
            : [server.finding(`requests of any method are let through: ${passed.join(', ')}`)];
        }),
    ]),
};

/** `if ($request_method !~ ^(?:GET|POST)$) { return 405; }` */
function stops(test: NginxNode, method: string): boolean {
  const { variable, operator, value } = conditionOf(test);
  const answers = test.own('return').some(({ args }) => /^4\d\d$/.test(args[0] ?? ''));
  if (variable !== '$request_method' || !answers || !/^!~\*?$/.test(operator)) {
    return false;
  }
  return !toRegExp(value, operator.endsWith('*')).test(method);
}
