import { lastStage, stageFinding } from '../dockerfile/stages';
import type { Finding, FileRule } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { installedFiles } from './installed-files';
import { interpreterOf, scriptLines } from './script-lines';
import { eachService } from '../runtime/compose';
import { isUnset, show } from '../runtime/fields';
import { eachContainer, eachPod } from '../runtime/pods';

/** SUP-001 */
export const S6_IS_FIRST: FileRule = {
  id: 'SUP-001',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 's6 is the first process of the container, started as itself and not by a shell',
  why: 's6-overlay refuses to start as another process than the first, and a shell in its place passes on no signal: a stop kills requests',
  next: 'take out what changes ENTRYPOINT or adds a CMD; commands to run once are arguments of docker run',
  fix: 'the platform writes ENTRYPOINT from the source of s6, and no CMD',
  sources: ['s6-overlay: it runs as process 1 alone'],
  check: (subject) => [
    ...subject.eachContext((context) => [...findInDockerfile(context, subject), ...findInInit(context, subject)]),
    ...eachService(subject, ({ fields }) =>
      ['entrypoint', 'command', 'init']
        .filter((name) => !isUnset(fields[name]))
        .map((name) => `${name} is ${show(fields[name])}`),
    ),
    ...eachPod(subject, ({ spec: { shareProcessNamespace } }) =>
      isUnset(shareProcessNamespace) ? [] : ['shareProcessNamespace gives the first place to another process'],
    ),
    ...eachContainer(subject, ({ init, fields }) =>
      (init ? [] : ['command', 'args'])
        .filter((name) => !isUnset(fields[name]))
        .map((name) => `${name} is ${show(fields[name])}`),
    ),
  ],
};

/** First process, by where s6 comes from. */
const FIRST = { overlay: '/init', distribution: '/etc/s6/init' } as const;

function findInDockerfile(context: RuleContext, { facts }: RuleSubject): Finding[] {
  const stage = lastStage(context);
  const first = FIRST[facts.supervisor];
  const entrypoint = stage.instructions.filter(({ keyword }) => keyword === 'ENTRYPOINT').at(-1);
  const commands = stage.instructions.filter(({ keyword }) => keyword === 'CMD');
  return [
    ...(entrypoint?.exec?.length === 1 && entrypoint.exec[0] === first
      ? []
      : [
          stageFinding(
            context,
            entrypoint ?? stage.from,
            `ENTRYPOINT is ${entrypoint?.text ?? 'absent'}, not ["${first}"]`,
          ),
        ]),
    ...commands.map((command) => stageFinding(context, command, `CMD is ${command.text}`)),
  ];
}

/** The first process of plain s6 is a script of the shell, which becomes s6-svscan. */
function findInInit(context: RuleContext, subject: RuleSubject): Finding[] {
  if (subject.facts.supervisor !== 'distribution') {
    return [];
  }
  const scripts = installedFiles(context, subject).filter(({ target }) => target === FIRST.distribution);
  if (scripts.length === 0) {
    return [{ file: context.pathOf('s6-overlay/init'), what: 'it is not there' }];
  }
  return scripts
    .filter(({ text, executable }) => !executable || interpreterOf(text) !== '/bin/sh' || !isScanner(text))
    .map(({ file }) => ({ file, what: 'it is not a script of /bin/sh that ends as s6-svscan /run/service' }));
}

function isScanner(text: string): boolean {
  return /^exec s6-svscan(?: -c \d+)? \/run\/service$/.test(scriptLines(text).at(-1)?.words.join(' ') ?? '');
}
