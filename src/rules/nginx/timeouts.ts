import { flatMap } from '../../config/flat-map';
import type { FileRule, Finding } from '../rule';
import { eachNginx } from './read-nginx';
import { secondsOf } from './values';

/** Bounds in seconds. A short keep-alive makes races with load balancers, which then answer 502. */
const BOUNDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  client_body_timeout: [1, 10],
  client_header_timeout: [1, 10],
  keepalive_timeout: [5, 650],
  send_timeout: [1, 10],
};

/** NGX-004 */
export const TIMEOUTS: FileRule = {
  id: 'NGX-004',
  severity: 'MEDIUM',
  kind: 'bounded',
  statement:
    'A client has at most 10 seconds between two pieces of a request or of an answer, and an idle connection 5 to 650 seconds',
  why: 'clients that send a byte now and then keep connections for ever, until there are none left',
  next: 'keep the timeouts of NginxConstruct; choose the time of an idle connection by nginx.keepaliveTimeout',
  fix: 'NginxConstruct writes all four',
  sources: ['CIS NGINX 2.4.3', 'CIS NGINX 2.4.4', 'CIS NGINX 5.2.1', 'dev-sec nginx-17'],
  check: (subject) =>
    eachNginx(subject, ({ main, file }) =>
      flatMap(Object.entries(BOUNDS), ([name, [least, most]]): Finding[] => {
        const isSet = main.own('http').some((http) => http.own(name).length > 0);
        return [
          ...(isSet ? [] : [{ file, what: `the block http has no ${name}` }]),
          ...main
            .find(name)
            .filter(({ args }) => !isWithin(secondsOf(args[0] ?? ''), least, most))
            .map((node) => node.finding(`${node.title} is not within ${least} and ${most} seconds`)),
        ];
      }),
    ),
};

function isWithin(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}
