import type { FileRule } from '../rule';
import { findSoft } from './settings';

/** PHP-002 */
export const NO_CODE_FROM_NETWORK: FileRule = {
  id: 'PHP-002',
  severity: 'HIGH',
  kind: 'bounded',
  statement: 'PHP opens no URL as if it were a file, includes none, and loads no extension while it runs',
  why: 'a file name that a visitor controls would fetch from inside the network, or run code from outside of it',
  next: 'use curl for requests; where a library needs file functions on URLs, grant allow_url_fopen with a reason (php.grants)',
  fix: 'the SecurityAspect fixes allow_url_fopen, allow_url_include and enable_dl in the pool',
  sources: ['OWASP PHP Configuration Cheat Sheet', 'OWASP Top 10 2021: A10'],
  check: (subject) =>
    subject.eachContext((context) => [
      ...(subject.isGranted('allow_url_fopen') ? [] : findSoft(context, subject, 'allow_url_fopen', false)),
      ...findSoft(context, subject, 'allow_url_include', false),
      ...findSoft(context, subject, 'enable_dl', false),
    ]),
};
