import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { fpmConfig, type PoolSetting } from './settings';
import { installedFiles } from '../supervisor/installed-files';

/** They change the identity of the workers, or let others into the socket. */
const IDENTITY = ['user', 'group', 'chroot', 'listen.owner', 'listen.group', 'listen.acl_users', 'listen.acl_groups'];

/** PHP-008 */
export const LOCAL_SOCKET: FileRule = {
  id: 'PHP-008',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement:
    'PHP-FPM listens on a unix socket below /run for its own user and group alone, and changes to no other user',
  why: 'whoever reaches PHP-FPM tells it which file to run and with which settings: that is as good as a shell',
  next: 'leave listen and listen.mode as they are, and take out what changes the user',
  fix: 'PhpFpmConstruct writes a unix socket of mode 0600',
  sources: ['CIS Docker 5.9', 'PHP manual: FPM configuration'],
  check: (subject) =>
    subject.eachContext((context) => {
      const { file, pools } = fpmConfig(context, subject);
      return [
        ...pools.flatMap(({ name, settings }) => findOpen(name, settings, file)),
        ...findRootAllowed(context, subject),
      ];
    }),
};

function findOpen(name: string, settings: readonly PoolSetting[], file: string): Finding[] {
  const told = (setting: PoolSetting): Finding => ({
    file: setting.file,
    what: `${setting.name} of the pool ${name} is ${setting.value || 'empty'}`,
  });
  const sockets = settings.filter((setting) => setting.name === 'listen' || setting.name === 'pm.status_listen');
  return [
    ...(sockets.some((setting) => setting.name === 'listen') ? [] : [{ file, what: `the pool ${name} has no listen` }]),
    ...sockets.filter(({ value }) => !/^\/run\/(?!.*\.\.)[\w./-]+$/.test(value)).map(told),
    ...settings.filter((setting) => setting.name === 'listen.mode' && !/^0?6[06]0$/.test(setting.value)).map(told),
    ...settings.filter((setting) => IDENTITY.includes(setting.name)).map(told),
  ];
}

/** PHP-FPM refuses to run as root unless it is told to. */
function findRootAllowed(context: RuleContext, subject: RuleSubject): Finding[] {
  return installedFiles(context, subject)
    .filter(({ text }) => /php-fpm\S*\s(?:.*\s)?(?:-R|--allow-to-run-as-root)\b/.test(text))
    .map(({ file }) => ({ file, what: 'PHP-FPM is allowed to run as root' }));
}
