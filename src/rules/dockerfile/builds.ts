import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import type { ParsedInstruction, ParsedStage } from '../parse/dockerfile';
import { invocations, type Invocation, type ShellCommand } from '../parse/shell';
import type { Finding } from '../rule';
import type { RuleContext, RuleFile } from '../rule-subject';

/** What a shell runs, wherever it stands: one object for all images that have the same text. */
export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  /** Every program that it runs, in order. */
  readonly invocations: readonly Invocation[];
}

/** A text that a shell runs: a RUN of the Dockerfile, or a script of the context. */
export interface ShellText extends ShellScript {
  readonly kind: 'RUN' | 'script';
  /** The stage of a RUN. */
  readonly stage?: ParsedStage;
  /** A finding at one of its commands. */
  readonly finding: (command: ShellCommand | undefined, what: string) => Finding;
}

/** Something that is found at a command. */
export type Told = readonly [command: ShellCommand, what: string];

/** How deep scripts that run scripts are followed. */
const DEPTH = 5;

/** The commands of a RUN. */
export function runCommands(context: RuleContext, run: ParsedInstruction): readonly ShellCommand[] {
  if (run.exec) {
    return [
      { words: run.exec, assignments: [], redirects: [], documents: [], inner: [], piped: false, line: run.line },
    ];
  }
  // The parser joins the lines of a here-document; as it is written it is whole.
  const text = run.raw.includes('<<') ? run.raw.replace(/^\w+\s+(?:--\S+\s+(?:\\\n\s*)?)*/, '') : run.text;
  return context.shell(text);
}

/** Every RUN of the Dockerfile. */
export function runTexts(context: RuleContext): ShellText[] {
  return context
    .dockerfile()
    .stages.flatMap((stage) =>
      stage.instructions.filter(({ keyword }) => keyword === 'RUN').map((run) => runText(context, run, stage)),
    );
}

/** One RUN of a stage. */
export function runText(context: RuleContext, run: ParsedInstruction, stage: ParsedStage): ShellText {
  const file = `${context.pathOf('Dockerfile')}:${run.line}`;
  return {
    ...scriptOf(runCommands(context, run)),
    kind: 'RUN',
    stage,
    finding: (_, what) => ({ file, what }),
  };
}

/** Every text that a shell runs, while the image is built or in it. */
export const shellTexts = onceFor((context: RuleContext): readonly ShellText[] => [
  ...runTexts(context),
  ...scriptTexts(context).map(({ text }) => text),
]);

/** A script of the context, and the end of the paths by which it is called. */
interface ScriptText {
  readonly name: string;
  readonly text: ShellText;
}

/** Every shell script of the context, those of the build and those of the image. */
const scriptTexts = onceFor((context: RuleContext): readonly ScriptText[] =>
  context.files.filter(isShellScript).map(({ path, content }) => ({
    name: path.slice(context.architecture.length),
    text: {
      ...scriptOf(context.shell(content)),
      kind: 'script',
      finding: (command, what) => ({ file: command ? `${path}:${command.line}` : path, what }),
    },
  })),
);

/** Finds in texts what depends on nothing but them: most scripts are the same in all images, and are looked at once. */
export function shellFinder(
  look: (script: ShellScript) => readonly Told[],
): (context: RuleContext, texts?: readonly ShellText[]) => Finding[] {
  const find = onceFor((commands: readonly ShellCommand[]) => look(scriptOf(commands)));
  return (context, texts = shellTexts(context)) =>
    flatMap(texts, (text) => find(text.commands).map(([command, what]) => text.finding(command, what)));
}

/** The same for what is said of each program that they run. */
export function programFinder(
  look: (invocation: Invocation) => string | undefined,
): (context: RuleContext, texts?: readonly ShellText[]) => Finding[] {
  return shellFinder(({ invocations: all }) =>
    flatMap(all, (invocation): Told[] => {
      const what = look(invocation);
      return what === undefined ? [] : [[invocation.command, what]];
    }),
  );
}

/** What `look` says of each program that a shell runs. */
export function findPrograms(
  context: RuleContext,
  look: (invocation: Invocation, text: ShellText) => string | undefined,
): Finding[] {
  return flatMap(shellTexts(context), (text) =>
    flatMap(text.invocations, (invocation) => {
      const what = look(invocation, text);
      return what === undefined ? [] : [text.finding(invocation.command, what)];
    }),
  );
}

/** A text, and those of the scripts that it starts, and that these start, each once. */
export function startedTexts(context: RuleContext, text: ShellText, found = new Set<ShellText>()): Set<ShellText> {
  found.add(text);
  for (const { paths } of scriptPaths(text.invocations)) {
    const script = scriptAt(context, paths);
    if (script && !found.has(script)) {
      startedTexts(context, script, found);
    }
  }
  return found;
}

/** A program that a text runs. */
export interface ProgramStep {
  readonly invocation: Invocation;
  readonly text: ShellText;
}

/**
 * The programs that a text runs, the last one first, those of the scripts that it starts included.
 *
 * @param open texts that it is started by: a script that starts itself is not followed
 */
export function* programsBackwards(
  context: RuleContext,
  text: ShellText,
  open: readonly ShellText[] = [],
): Generator<ProgramStep> {
  const around = [...open, text];
  for (const invocation of [...text.invocations].reverse()) {
    const script = around.length <= DEPTH ? scriptAt(context, pathsOf(invocation)) : undefined;
    if (script && !around.includes(script)) {
      yield* programsBackwards(context, script, around);
    }
    yield { invocation, text };
  }
}

/** The script of the context that one of some paths names. */
function scriptAt(context: RuleContext, paths: readonly string[]): ShellText | undefined {
  return paths.length === 0
    ? undefined
    : scriptTexts(context).find(({ name }) => paths.some((path) => path.endsWith(name)))?.text;
}

/** The programs of a text that may be scripts. */
const scriptPaths = onceFor((all: readonly Invocation[]) =>
  all.map((invocation) => ({ paths: pathsOf(invocation) })).filter(({ paths }) => paths.length > 0),
);

/** Paths of what may be a script, among the program and what a shell is given. */
function pathsOf({ command, program, args }: Invocation): readonly string[] {
  const isRunner = /^(?:\.|source|ash|bash|dash|ksh|mksh|sh|zsh)$/.test(program);
  const words = isRunner ? args.filter((word) => !word.startsWith('-')) : command.words.slice(0, 1);
  return words.filter((word) => word.includes('/'));
}

/** What is read for whoever asks is frozen; so is what it runs. */
const scriptOf = onceFor((commands: readonly ShellCommand[]): ShellScript => {
  const all = invocations(commands);
  return Object.isFrozen(commands)
    ? Object.freeze({ commands, invocations: Object.freeze(all) })
    : { commands, invocations: all };
});

function isShellScript({ path, content }: RuleFile): boolean {
  return path.endsWith('.sh') || /^#!.*\b(?:ash|bash|dash|ksh|mksh|sh|zsh)\b/.test(content);
}
