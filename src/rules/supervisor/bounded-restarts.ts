import type { Finding, FileRule } from '../rule';
import type { RuleContext } from '../rule-subject';
import { interpreterOf, isProgram, scriptLines } from './script-lines';
import { eachLongRun, type ServiceDirectory } from './service-tree';

/** SUP-004 */
export const BOUNDED_RESTARTS: FileRule = {
  id: 'SUP-004',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement:
    'Each service is a program in the foreground that s6 starts again a counted number of times, after which the container ends',
  why: 'a program that goes to the background is lost to s6, and one that dies for ever leaves a container that is up and serves nothing',
  next: 'describe the service by addLongRun, and leave its run and finish to it',
  fix: 'S6Construct writes run and finish of each service',
  sources: ['s6-rc: service definitions', 'NIST SP 800-190 4.4'],
  check: (subject) =>
    eachLongRun(subject, (service, context) => [
      ...findInRun(service),
      ...findInFinish(service),
      ...findDaemons(service, context),
    ]),
};

/** Directories in which an interpreter belongs to the system. */
const EXECLINEB = /^\/(?:command|bin|usr\/bin)\/execlineb(?:\s|$)/;

function findInRun({ files, place }: ServiceDirectory): Finding[] {
  const run = files.get('run');
  if (!run) {
    return [{ file: `${place}/run`, what: 'it is not there' }];
  }
  const lines = scriptLines(run.text);
  const last = lines.at(-1);
  const faults = [
    ...(run.executable ? [] : ['it cannot be executed']),
    ...(EXECLINEB.test(interpreterOf(run.text) ?? '') ? [] : ['it is no script of execlineb']),
    ...(lines.some(({ words }) => words.some((word) => isProgram(word, 'background')))
      ? ['it puts a program into the background']
      : []),
    ...(last?.words[0]?.startsWith('/') ? [] : ['it does not end as a program with an absolute path']),
  ];
  return faults.map((what) => ({ file: run.file, what }));
}

function findInFinish({ files, place }: ServiceDirectory): Finding[] {
  const finish = files.get('finish');
  if (!finish) {
    return [{ file: `${place}/finish`, what: 'it is not there, so the service is started again for ever' }];
  }
  const lines = scriptLines(finish.text);
  const count = lines.findIndex(({ words }) => isCounted(words));
  const after = lines.slice(count).map(({ words }) => words.join(' '));
  const ends = after.some((line) => /^(?:exec )?(?:\S*\/halt|\S*s6-svscanctl -\w*t\w* \/run\/service)$/.test(line));
  const faults = [
    ...(finish.executable ? [] : ['it cannot be executed']),
    ...(count >= 0 ? [] : ['it does not count deaths by s6-permafailon']),
    ...(count >= 0 && ends && /^(?:exec )?exit 125$/.test(after.at(-1) ?? '')
      ? []
      : ['it does not end the container when the deaths are counted']),
  ];
  return faults.map((what) => ({ file: finish.file, what }));
}

/** `s6-permafailon SECONDS DEATHS EVENTS PROGRAM`; more deaths than a service can have are none. */
function isCounted([program = '', seconds = '', deaths = '']: readonly string[]): boolean {
  const counts = /^[1-9]\d*$/.test(seconds) && /^[1-9]\d*$/.test(deaths);
  return isProgram(program, 's6-permafailon') && counts && Number(deaths) <= Math.min(Number(seconds), 4096);
}

/** nginx and PHP-FPM go to the background where they are not told otherwise. */
function findDaemons({ name, files }: ServiceDirectory, context: RuleContext): Finding[] {
  const run = files.get('run');
  const words = run ? (scriptLines(run.text).at(-1)?.words ?? []) : [];
  if (!run || !['nginx', 'php-fpm'].includes(name)) {
    return [];
  }
  const inBackground =
    name === 'nginx'
      ? !isForeground(context) && !/\bdaemon off\b/.test(words.join(' '))
      : !words.some((word) => word === '-F' || word === '--nodaemonize') ||
        words.some((word) => word === '-D' || word === '--daemonize');
  return inBackground ? [{ file: run.file, what: `${name} goes to the background` }] : [];
}

function isForeground(context: RuleContext): boolean {
  const values = context.nginx().filter((directive) => directive.name === 'daemon');
  return values.length > 0 && values.every(({ args }) => args[0] === 'off');
}
