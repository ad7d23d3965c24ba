import { byVersion, phpSettingDeprecatedSince } from '../../catalog';
import { flatMap } from '../../config/flat-map';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { findSoft, webSettings } from './settings';

/** PHP-005 */
export const SESSIONS: FileRule = {
  id: 'PHP-005',
  severity: 'HIGH',
  kind: 'bounded',
  statement:
    'A session has an id that the server chose, in a cookie that neither scripts nor plain HTTP nor other sites get',
  why: 'a session that somebody else can set, read or send belongs to them as well',
  next: 'leave the settings of sessions as they are; in a network without TLS grant session.cookie_secure with a reason (php.grants)',
  fix: 'the SecurityAspect fixes the settings in the pool; php.ini has session.cookie_samesite = Lax, which an application may change for a form of its own',
  sources: [
    'OWASP PHP Configuration Cheat Sheet',
    'OWASP Session Management Cheat Sheet',
    'PHP 8.4: deprecated features',
  ],
  check: (subject) =>
    subject.eachContext((context) => [
      ...findSoft(context, subject, 'session.use_strict_mode', true),
      ...findSoft(context, subject, 'session.use_only_cookies', true),
      ...findSoft(context, subject, 'session.use_trans_sid', false),
      ...findSoft(context, subject, 'session.cookie_httponly', true),
      ...(subject.isGranted('session.cookie_secure') ? [] : findSoft(context, subject, 'session.cookie_secure', true)),
      ...findSameSite(context, subject),
      ...findOwnIds(context, subject),
    ]),
};

function findSameSite(context: RuleContext, subject: RuleSubject): Finding[] {
  const settings = webSettings(context, subject).filter(({ name }) => name.toLowerCase() === 'session.cookie_samesite');
  const file = context.pathOf('config/php.ini');
  return [
    ...(settings.some(({ name }) => name === 'session.cookie_samesite')
      ? []
      : [{ file, what: 'session.cookie_samesite is not set' }]),
    ...settings
      .filter(({ value }) => !/^(?:lax|strict)$/i.test(value))
      .map((setting) => ({
        file: setting.file,
        what: `session.cookie_samesite is ${setting.value || 'empty'}, not Lax or Strict`,
      })),
  ];
}

/** Newer versions of PHP choose the form of ids themselves, and complain at the start of who does. */
function findOwnIds(context: RuleContext, subject: RuleSubject): Finding[] {
  return flatMap(webSettings(context, subject), ({ name, file }) => {
    const since = name.startsWith('session.') ? phpSettingDeprecatedSince(name) : undefined;
    return since === undefined || byVersion(subject.facts.php.version, since) < 0
      ? []
      : [{ file, what: `${name} is deprecated from PHP ${since} on` }];
  });
}
