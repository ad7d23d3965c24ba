import type { FileRule } from '../rule';
import { findSoft, findUnfixed, fpmConfig } from './settings';

const STDERR = /^\/(?:dev\/stderr|proc\/self\/fd\/2)$/;

/** PHP-001 */
export const QUIET_ERRORS: FileRule = {
  id: 'PHP-001',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'PHP tells its errors to the log on stderr, and to a client neither errors nor its version',
  why: 'a message of PHP shows paths, queries and values, which is what an attacker tries to provoke',
  next: 'leave the settings of errors as they are; while developing read the log of the container',
  fix: 'the SecurityAspect fixes them in the pool',
  sources: ['OWASP PHP Configuration Cheat Sheet', 'dev-sec PHP baseline'],
  check: (subject) =>
    subject.eachContext((context) => {
      const { file, global } = fpmConfig(context, subject);
      const logs = global.filter(({ name }) => name === 'error_log');
      return [
        ...['display_errors', 'display_startup_errors', 'expose_php', 'html_errors'].flatMap((name) =>
          findSoft(context, subject, name, false),
        ),
        ...findSoft(context, subject, 'log_errors', true),
        ...findUnfixed(context, subject, 'error_log', (value) => STDERR.test(value), 'stderr (/proc/self/fd/2)'),
        ...(logs.length === 0 ? [{ file, what: 'PHP-FPM has no error_log, and its default is a file' }] : []),
        ...logs
          .filter(({ value }) => !STDERR.test(value))
          .map((log) => ({
            file: log.file,
            what: `error_log of PHP-FPM is ${log.value}, not stderr (/proc/self/fd/2)`,
          })),
      ];
    }),
};
