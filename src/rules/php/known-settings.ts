import { misspeltPhpSetting } from '../../catalog';
import { flatMap } from '../../config/flat-map';
import { eachNginx } from '../nginx/read-nginx';
import { readOnce } from '../parsed-texts';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { cliSettings, fpmConfig, webSettings } from './settings';
import { installedFiles } from '../supervisor/installed-files';

/** Variables by which PHP reads other files than those of the image. */
const ELSEWHERE = ['PHPRC', 'PHP_INI_SCAN_DIR'];

/** NGX-009 and this rule together: what a request may tell PHP-FPM of settings. */
const BY_REQUEST = ['PHP_VALUE', 'PHP_ADMIN_VALUE'];

/** PHP-010 */
export const KNOWN_SETTINGS: FileRule = {
  id: 'PHP-010',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement:
    'PHP reads its settings from the files of the image alone, and knows every name in them; those of security no code can change',
  why: 'PHP takes no notice of a name that it does not know, so a misspelt setting protects nobody; and what is set elsewhere no rule has seen',
  next: 'spell the setting as PHP does, and set it by php.ini or adminSettings',
  fix: 'the SecurityAspect writes the settings of security as php_admin_flag and php_admin_value',
  sources: ['PHP manual: FPM configuration', 'PHP manual: list of php.ini directives'],
  check: (subject) => [
    ...subject.eachContext((context) => [
      ...findUnknown(context, subject),
      ...findUnread(context, subject),
      ...findElsewhere(context),
      ...findArguments(context, subject),
      ...findChangedByStep(context),
    ]),
    ...eachNginx(subject, ({ main }) =>
      main
        .find('fastcgi_param')
        .filter(({ args }) => BY_REQUEST.includes(args[0] ?? ''))
        .map((node) => node.finding(`nginx sets settings of PHP: ${node.title}`)),
    ),
  ],
};

function findUnknown(context: RuleContext, subject: RuleSubject): Finding[] {
  return [...webSettings(context, subject), ...cliSettings(context)].flatMap(({ name, file }) => {
    const meant = misspeltPhpSetting(name.replace(/\[\]$/, ''));
    return meant === undefined
      ? []
      : [{ file, what: `PHP knows no setting ${name}`, next: `write ${meant}, or take it out` }];
  });
}

function findUnread(context: RuleContext, subject: RuleSubject): Finding[] {
  return fpmConfig(context, subject).unread.map(({ file, value }) => ({
    file,
    what: `PHP-FPM includes ${value}, which is no file of the image, or includes itself`,
  }));
}

/** In the image, and in the service that starts PHP-FPM. */
function findElsewhere(context: RuleContext): Finding[] {
  const images = context.dockerfile().stages.slice(-1);
  const variables = flatMap(images, ({ instructions }) =>
    instructions
      .filter(({ keyword }) => keyword === 'ENV')
      .flatMap(({ properties, line }) => properties.map(({ name }) => ({ name, line }))),
  );
  return variables
    .filter(({ name }) => ELSEWHERE.includes(name))
    .map(({ name, line }) => ({
      file: `${context.pathOf('Dockerfile')}:${line}`,
      what: `${name} makes PHP read other settings`,
    }));
}

/** Arguments of PHP-FPM that set settings, or name other files. */
function findArguments(context: RuleContext, subject: RuleSubject): Finding[] {
  return installedFiles(context, subject)
    .filter(({ text }) => readOnce(startsWithSettings, text))
    .map(({ file }) => ({ file, what: 'PHP-FPM is started with settings of its own' }));
}

function startsWithSettings(text: string): boolean {
  // Of the files of an image two or three start PHP-FPM.
  if (!text.includes('/sbin/php-fpm')) {
    return false;
  }
  const commands = text.split('\n').filter((line) => /^[^#]*\/sbin\/php-fpm[\d.]*\s/.test(line));
  return (
    commands.some((line) => /\s(?:-[cdn]\S*|--(?:define|php-ini|no-php-ini)\b|PHP(?:RC|_INI_SCAN_DIR)=)/.test(line)) ||
    ELSEWHERE.some((name) => commands.length > 0 && text.includes(name))
  );
}

/** A step of the build that writes where the configuration lies would do so after every rule has looked. */
function findChangedByStep(context: RuleContext): Finding[] {
  return context.files
    .filter(({ path }) => path.startsWith(context.pathOf('scripts/steps/')))
    .filter(({ content }) => /\/etc\/php|php-fpm\.conf|php\.ini|\.user\.ini/.test(content))
    .map(({ path }) => ({
      file: path,
      what: 'a build step changes the settings of PHP',
      next: 'set them by php.ini or adminSettings',
    }));
}
