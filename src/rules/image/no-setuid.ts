import { flatMap } from '../../config/flat-map';
import {
  programFinder,
  programsBackwards,
  runText,
  shellFinder,
  startedTexts,
  type ProgramStep,
  type ShellText,
  type Told,
} from '../dockerfile/builds';
import { optionValues, targetsOf } from '../dockerfile/option-values';
import { copied, flagOf, lastStage, stageFinding } from '../dockerfile/stages';
import type { ParsedInstruction, ParsedStage } from '../parse/dockerfile';
import type { Invocation } from '../parse/shell';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';

/** Programs after the removal that bring no file with more rights. */
const HARMLESS = /^(?::|\[|chown|du|echo|exit|find|ls|printf|rm|rmdir|set|sync|test|touch|true|unset)$/;

/** Directories of programs that the base of a build has. */
const SYSTEM_PATH = /^(?:\$\{?PATH\}?|\/(?:usr\/)?(?:local\/)?s?bin)$/;

/** Places of programs and libraries of the stage that builds, not of the root that it makes. */
const TOOLS = /^\/(?:usr\/)?(?:local\/)?(?:s?bin|lib\w*)(?:\/|$)/;

/** Where a copy lands in the directories of tools. */
const OVER_TOOLS = new RegExp(`${TOOLS.source}|^/+(?:usr/?)?(?:local/?)?$`);

/** IMG-008 */
export const NO_SETUID: FileRule = {
  id: 'IMG-008',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'The stage that makes the root ends by taking the setuid and setgid bits of every file, and no program gets a capability',
  why: 'one program with such a bit gives whoever runs it the rights of root',
  next: 'leave the last lines of scripts/assemble.sh as they are, put what your construct does into a build step, and copy into the last stage nothing but that root',
  fix: 'scripts/assemble.sh ends with find "$rootfs" -xdev -type f -perm /6000 -exec chmod a-s {} +',
  sources: ['CIS Docker 4.8', 'CIS DI-0008', 'OWASP Docker Security: rule 4'],
  check: (subject) =>
    subject.eachContext((context) => {
      const last = lastStage(context);
      const own = last.image === 'scratch' ? [] : findUnstripped(context, last, ['/']);
      const brought = last.instructions
        .filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
        .flatMap((copy) => findBrought(context, copy));
      return [...own, ...brought, ...findCapabilities(context)];
    }),
};

const findCapabilities = programFinder(({ program, args }) =>
  program === 'setcap' && !args.includes('-r') ? `setcap gives a program capabilities` : undefined,
);

/** A copy into the last stage: from a stage that takes the bits away, or without such modes. */
function findBrought(context: RuleContext, copy: ParsedInstruction): Finding[] {
  const mode = flagOf(copy, 'chmod');
  if (mode !== undefined) {
    return setsBits(mode) ? [stageFinding(context, copy, `${copy.keyword} sets the mode ${mode}`)] : [];
  }
  const from = flagOf(copy, 'from')?.toLowerCase();
  const { stages } = context.dockerfile();
  const stage = stages.find(
    ({ name }, index) => from !== undefined && [name?.toLowerCase(), `${index}`].includes(from),
  );
  return stage ? findUnstripped(context, stage, copied(copy).sources) : [];
}

/** What is wrong with the end of a stage whose files become the image. */
function findUnstripped(context: RuleContext, stage: ParsedStage, roots: readonly string[]): Finding[] {
  const places = roots.map((root) => root.replace(/(.)\/$/, '$1'));
  const later: Finding[] = [];
  for (const step of stepsBackwards(context, stage)) {
    if ('invocation' in step && isRemoval(step.invocation, places)) {
      const texts = textsOf(context, stage);
      return [
        ...findOtherTools(context, texts),
        ...findOtherPath(context, texts),
        ...findOwnPath(context, stage),
        ...findCopiedTools(context, stage),
        ...later,
      ];
    }
    later.unshift(...lateStep(context, step));
  }
  const what = `no find over all of ${places.join(' ')} takes the setuid and setgid bits away at the end of the stage ${stage.name ?? stage.image}`;
  return [stageFinding(context, stage.from, what)];
}

/** What brings files into a stage, the last first: programs that run, and instructions that copy. */
function* stepsBackwards(context: RuleContext, stage: ParsedStage): Generator<ProgramStep | ParsedInstruction> {
  for (const instruction of [...stage.instructions].reverse()) {
    if (instruction.keyword === 'RUN') {
      yield* programsBackwards(context, runText(context, instruction, stage));
    } else if (['ADD', 'COPY'].includes(instruction.keyword)) {
      yield instruction;
    }
  }
}

/** Every text that a stage runs. */
function textsOf(context: RuleContext, stage: ParsedStage): ShellText[] {
  return stage.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap((run) => [...startedTexts(context, runText(context, run, stage))]);
}

/** Whether a mode of chmod gives the rights of another. */
function setsBits(mode: string): boolean {
  return /^[0-7]+$/.test(mode)
    ? (parseInt(mode, 8) & 0o6000) !== 0
    : mode.split(',').some((clause) => /^[ugoa]*(?:[-+=][rwxXst]*)*[+=][rwxXt]*s/.test(clause));
}

/** What makes the removal another than it reads: something that runs at the end, or another program of its name. */
const findOtherTools = programFinder(({ program, args, command }) => {
  // `find() { ... }` is read as the program without an argument.
  const isFunction = /^(?:chmod|find)$/.test(program) && args.length === 0;
  if (isFunction || /^(?:alias|function|hash|trap)$/.test(program)) {
    return `${program} changes what runs when the setuid and setgid bits are taken away`;
  }
  const targets = [
    ...(/^(?:cp|install|ln|mv)$/.test(program) ? targetsOf(args) : []),
    ...(program === 'tar' ? optionValues(args, 'C', 'directory') : []),
    ...(/^(?:chmod|rm|tee|touch)$/.test(program) ? args : []),
    ...(program === 'dd' ? args.flatMap((word) => /^of=(.*)$/.exec(word)?.[1] ?? []) : []),
    ...command.redirects.filter(({ operator }) => operator.includes('>')).map(({ target }) => target),
  ];
  const tool = targets.find((target) => TOOLS.test(target.replace(/\/+/g, '/')));
  return tool === undefined ? undefined : `${program} replaces ${tool}, a tool of the build`;
});

/** Another path of programs, for one of them or for all that follow. */
const findOtherPath = shellFinder(({ commands }) =>
  flatMap(commands, (command) => {
    const exported = command.words.flatMap((word) => /^PATH=(.*)$/s.exec(word)?.[1] ?? []);
    const assigned = command.assignments.filter(({ name }) => name === 'PATH').map(({ value }) => value);
    return [...assigned, ...exported].flatMap((path) => otherPath(path).map((what): Told => [command, what]));
  }),
);

/** Files that are copied over the tools of the stage, or to where nobody can tell. */
function findCopiedTools(context: RuleContext, stage: ParsedStage): Finding[] {
  return stage.instructions
    .filter(
      (instruction) => ['ADD', 'COPY'].includes(instruction.keyword) && OVER_TOOLS.test(copied(instruction).target),
    )
    .map((copy) => stageFinding(context, copy, `${copy.keyword} may replace a tool of the build`));
}

function findOwnPath(context: RuleContext, stage: ParsedStage): Finding[] {
  return stage.instructions
    .filter(({ keyword }) => keyword === 'ENV')
    .flatMap((env) =>
      env.properties
        .filter(({ name }) => name === 'PATH')
        .flatMap(({ value = '' }) => otherPath(value))
        .map((what) => stageFinding(context, env, what)),
    );
}

function otherPath(path: string): string[] {
  return path.split(':').every((directory) => SYSTEM_PATH.test(directory))
    ? []
    : [`PATH is set to ${path}, so that programs of other places run`];
}

/** What is wrong with a step that comes after the bits were taken away. */
function lateStep(context: RuleContext, step: ProgramStep | ParsedInstruction): Finding[] {
  if (!('invocation' in step)) {
    return [stageFinding(context, step, `${step.keyword} brings files after the setuid and setgid bits were taken`)];
  }
  const { program, args, command } = step.invocation;
  const isHarmless = HARMLESS.test(program) || (program === 'chmod' && !args.some(setsBits));
  const what = `${program} runs after the setuid and setgid bits were taken away`;
  return isHarmless ? [] : [step.text.finding(command, what)];
}

/** `find ROOT -xdev -type f -perm /6000 -exec chmod a-s {} +`, and nothing that leaves a file out. */
function isRemoval({ program, args }: Invocation, roots: readonly string[]): boolean {
  if (program !== 'find') {
    return false;
  }
  const [root = '', ...rest] = args;
  const text = rest.join(' ');
  const isWhole = ['$rootfs', '${rootfs}', '/', ...roots].includes(root.replace(/(.)\/$/, '$1'));
  return (
    isWhole &&
    /^(?:-xdev |-mount )?(?:-type f )?-perm \/6000 (?:-type f )?-exec chmod (?:a-s|ug-s|u-s,g-s|-s) \{\} [+;]$/.test(
      text,
    )
  );
}
