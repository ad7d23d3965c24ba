import { flatMap } from '../../config/flat-map';
import { shellFinder, shellTexts, type ShellScript, type ShellText, type Told } from '../dockerfile/builds';
import type { Invocation } from '../parse/shell';
import type { FileRule } from '../rule';
import type { RuleContext } from '../rule-subject';

/** Programs that give something else each time. */
const CHANCE = /^(?:hostid|hostname|mcookie|pwgen|shuf|ssh-keygen|uuidgen)$/;

/** Where chance, the clock or the host come from. */
const SOURCES =
  /\/dev\/u?random|\/proc\/(?:uptime|sys\/kernel\/random|sys\/kernel\/hostname)|\$\{?(?:RANDOM|SRANDOM|EPOCHSECONDS|EPOCHREALTIME|HOSTNAME)\b/;

/** SC-002 */
export const NO_CHANCE: FileRule = {
  id: 'SC-002',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement:
    'Nothing of a clock, of chance or of the builder’s host gets into the image; times come from SOURCE_DATE_EPOCH',
  why: 'two builds of one context would give two images, and nobody could prove that an image was made from it',
  next: 'take it out; for a date take date -u -d @$SOURCE_DATE_EPOCH; keys and secrets are made when a container starts',
  fix: 'the synthesis is the same on every machine, and the publisher builds with SOURCE_DATE_EPOCH and rewrite-timestamp=true',
  sources: ['Reproducible Builds: SOURCE_DATE_EPOCH', 'BuildKit: build reproducibility'],
  check: (subject) =>
    subject.eachContext((context) =>
      findChance(
        context,
        shellTexts(context).filter((text) => isOfTheBuild(context, text)),
      ),
    ),
};

const findChance = shellFinder((script) => {
  const programs = flatMap(script.invocations, (invocation): Told[] => {
    const what = whatIsChance(invocation);
    return what === undefined || isOnlyCompared(script, invocation) ? [] : [[invocation.command, what]];
  });
  const sources = flatMap(script.commands, (command): Told[] => {
    const words = [
      ...command.words,
      ...command.documents,
      ...command.assignments.map(({ value }) => value),
      ...command.redirects.map(({ target }) => target),
    ];
    const found = SOURCES.exec(words.join('\n'))?.[0];
    return found === undefined ? [] : [[command, `${found} differs from build to build`]];
  });
  return [...programs, ...sources];
});

function whatIsChance({ program, args }: Invocation): string | undefined {
  const text = args.join(' ');
  if (program === 'date') {
    return /SOURCE_DATE_EPOCH|(?:^| )(?:-r|--reference)/.test(text)
      ? undefined
      : `date ${text}: the clock of the builder`;
  }
  if (program === 'openssl') {
    return /^(?:dhparam|ecparam|gen\w+|rand|req)\b/.test(text)
      ? `openssl ${args[0]} gives something else each time`
      : undefined;
  }
  return CHANCE.test(program) ? `${program} gives something else each time` : undefined;
}

/** `[ "$(date ...)" -gt ... ]` decides whether the build goes on, and leaves nothing. */
function isOnlyCompared({ commands }: ShellScript, { command }: Invocation): boolean {
  return commands.some(({ words, inner }) => ['[', 'test'].includes(words[0] ?? '') && inner.includes(command));
}

/** Scripts that are put into the image run in containers, where clocks are welcome. */
function isOfTheBuild(context: RuleContext, text: ShellText): boolean {
  const file = (text.finding(undefined, '').file ?? '').slice(context.architecture.length + 1);
  return text.kind === 'RUN' || file.startsWith('scripts/');
}
