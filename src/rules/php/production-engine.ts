import { isOn } from '../parse/ini';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { iniSettings, webSettings, type PhpSetting } from './settings';

/** They let whoever reaches them stop, read and change a program that runs. */
const DEBUGGERS = /(?:^|[-/])(?:php[\d.]*-)?(?:pecl-)?(?:xdebug|pcov|phpdbg|uopz|runkit7?)(?:[-.]|$)/i;

/** PHP-011 */
export const PRODUCTION_ENGINE: FileRule = {
  id: 'PHP-011',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement:
    'Assertions are not compiled, traces hold no arguments, OPcache keeps no code in files, extensions come from packages, and there is no debugger',
  why: 'arguments of functions hold passwords; code that is kept in a writable file, and a debugger, let others decide what runs',
  next: 'leave zend.assertions, zend.exception_ignore_args and opcache.file_cache as they are; put debuggers into an image of your own that is built from this one',
  fix: 'PhpFpmConstruct writes the settings of production',
  sources: ['OWASP PHP Configuration Cheat Sheet', 'dev-sec PHP baseline'],
  check: (subject) => [
    ...findDebuggers(subject),
    ...subject.eachContext((context) => [
      ...findWrong(context, subject, 'zend.assertions', (value) => value === '-1', '-1'),
      ...findWrong(context, subject, 'zend.exception_ignore_args', isOn, 'On'),
      ...webSettings(context, subject).flatMap(findLoaded),
      ...webSettings(context, subject)
        .filter((setting) => isWritable(setting, subject))
        .map(({ name, value, file }) => ({ file, what: `${name} is ${value}, which the server may write to` })),
    ]),
  ],
};

function findDebuggers({ facts }: RuleSubject): Finding[] {
  const names = [...facts.php.extensions, ...facts.packages.map(({ name }) => name)];
  return [...new Set(names)].filter((name) => DEBUGGERS.test(name)).map((name) => ({ what: `the image has ${name}` }));
}

function findWrong(
  context: RuleContext,
  subject: RuleSubject,
  name: string,
  isRight: (value: string) => boolean,
  wanted: string,
): Finding[] {
  const settings = webSettings(context, subject).filter((setting) => setting.name === name);
  const isSet = iniSettings(context, subject).some((setting) => setting.name === name);
  return [
    ...(isSet ? [] : [{ file: context.pathOf('config/php.ini'), what: `${name} is not set` }]),
    ...settings
      .filter(({ value }) => !isRight(value))
      .map(({ file, value }) => ({ file, what: `${name} is ${value || 'empty'}, not ${wanted}` })),
  ];
}

/** Files and directories whose code runs with every request. */
const RUN_ALWAYS = ['auto_append_file', 'auto_prepend_file', 'extension_dir', 'opcache.preload'];

function isWritable({ name, value }: PhpSetting, { facts }: RuleSubject): boolean {
  return (
    RUN_ALWAYS.includes(name) && facts.writablePaths.some(({ path }) => value === path || value.startsWith(`${path}/`))
  );
}

function findLoaded({ name, value, file }: PhpSetting): Finding[] {
  if (name === 'opcache.file_cache' && value !== '') {
    return [{ file, what: `opcache.file_cache is ${value}: code would be read from a writable file` }];
  }
  if (!/^(?:zend_)?extension(?:\[\])?$/.test(name)) {
    return [];
  }
  return DEBUGGERS.test(value) || (value.includes('/') && !value.startsWith('/usr/'))
    ? [{ file, what: `${name} loads ${value}` }]
    : [];
}
