import type { FileRule } from '../rule';
import { findSoft, fpmConfig } from './settings';

/** PHP-007 */
export const EXACT_SCRIPTS: FileRule = {
  id: 'PHP-007',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'PHP runs the very file that nginx names, and only one that ends with .php',
  why: 'with cgi.fix_pathinfo a request for /picture.jpg/x.php runs the picture',
  next: 'leave cgi.fix_pathinfo and security.limit_extensions as they are',
  fix: 'the SecurityAspect fixes cgi.fix_pathinfo, and PhpFpmConstruct writes security.limit_extensions',
  sources: ['nginx: Pitfalls and Common Mistakes', 'OWASP PHP Configuration Cheat Sheet'],
  check: (subject) =>
    subject.eachContext((context) => {
      const { file, pools } = fpmConfig(context, subject);
      return [
        ...findSoft(context, subject, 'cgi.fix_pathinfo', false),
        ...pools.flatMap(({ name, settings }) => {
          const limits = settings.filter((setting) => setting.name === 'security.limit_extensions');
          return [
            ...(limits.length > 0 ? [] : [{ file, what: `the pool ${name} has no security.limit_extensions` }]),
            ...limits
              .filter(({ value }) => value !== '.php')
              .map((limit) => ({
                file: limit.file,
                what: `security.limit_extensions is ${limit.value || 'empty'}, not .php`,
              })),
          ];
        }),
      ];
    }),
};
