import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { iniSettings } from './settings';
import { installedFiles } from '../supervisor/installed-files';

/** PHP-013 */
export const SNUFFLEUPAGUS: FileRule = {
  id: 'PHP-013',
  severity: 'LOW',
  kind: 'invariant',
  statement: 'Where Snuffleupagus is asked for, it is installed and has rules in the image',
  why: 'without its rules the module does nothing, and everybody believes that it does',
  next: 'add a file of rules (addFile) and name it by sp.configuration_file in php.ini, or take the module out',
  sources: ['Snuffleupagus: installation'],
  check: (subject) => {
    const installed = [...subject.facts.php.extensions, ...subject.facts.packages.map(({ name }) => name)].some(
      (name) => name.toLowerCase().includes('snuffleupagus'),
    );
    return subject.eachContext((context) => findHalf(context, subject, installed));
  },
};

function findHalf(context: RuleContext, subject: RuleSubject, installed: boolean): Finding[] {
  const named = iniSettings(context, subject).filter(({ name }) => name === 'sp.configuration_file');
  const file = context.pathOf('config/php.ini');
  if (!installed) {
    return named.map((setting) => ({
      file: setting.file,
      what: 'sp.configuration_file is set, and no package of Snuffleupagus is installed',
    }));
  }
  if (named.length === 0) {
    return [{ file, what: 'Snuffleupagus has no sp.configuration_file' }];
  }
  const targets = installedFiles(context, subject).map(({ target }) => target);
  return named
    .filter(({ value }) => !value.split(',').every((path) => targets.includes(path.trim())))
    .map((setting) => ({ file: setting.file, what: `${setting.value} is no file of the image` }));
}
