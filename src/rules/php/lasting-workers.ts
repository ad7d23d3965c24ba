import { flatMap } from '../../config/flat-map';
import { secondsOf } from '../nginx/values';
import { isOn } from '../parse/ini';
import type { FileRule, Finding } from '../rule';
import { fpmConfig, type PoolSetting } from './settings';

/** What a pool needs, and whether a value is right. `clear_env` is none of it: the environment configures containers. */
const NEEDED: ReadonlyArray<readonly [name: string, isRight: (value: string) => boolean, wanted: string]> = [
  ['catch_workers_output', isOn, 'On'],
  ['pm.max_requests', (value) => /^[1-9]\d*$/.test(value), 'a number above 0'],
  ['request_terminate_timeout', (value) => (secondsOf(value) ?? 0) > 0, 'a time above 0'],
];

/** PHP-009 */
export const LASTING_WORKERS: FileRule = {
  id: 'PHP-009',
  severity: 'MEDIUM',
  kind: 'bounded',
  statement:
    'A worker of PHP-FPM is replaced after a number of requests, ended when one takes too long, and its output is logged',
  why: 'leaks of memory add up, and requests that hang take one worker after the other until none is left',
  next: 'set php.fpm.maxRequests and php.fpm.requestTimeout',
  fix: 'PhpFpmConstruct writes all three',
  sources: ['PHP manual: FPM configuration', 'OWASP PHP Configuration Cheat Sheet'],
  check: (subject) =>
    subject.eachContext((context) => {
      const { file, pools } = fpmConfig(context, subject);
      return flatMap(pools, ({ name, settings }) => findLacking(name, settings, file));
    }),
};

function findLacking(pool: string, settings: readonly PoolSetting[], file: string): Finding[] {
  return flatMap(NEEDED, ([name, isRight, wanted]) => {
    const found = settings.filter((setting) => setting.name === name);
    return [
      ...(found.length > 0 ? [] : [{ file, what: `the pool ${pool} has no ${name}` }]),
      ...found
        .filter(({ value }) => !isRight(value))
        .map((setting) => ({ file: setting.file, what: `${name} is ${setting.value || 'empty'}, not ${wanted}` })),
    ];
  });
}
