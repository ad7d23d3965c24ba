import { onceFor } from '../once-for';
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
  return context.dockerfile().stages.flatMap((stage) =>
    stage.instructions
      .filter(({ keyword }) => keyword === 'RUN')
      .map((run): ShellText => {
        const script = scriptOf(runCommands(context, run));
        const file = `${context.pathOf('Dockerfile')}:${run.line}`;
        return { ...script, kind: 'RUN', stage, finding: (_, what) => ({ file, what }) };
      }),
  );
}

/** Every shell script of the context, those of the build and those of the image. */
export function scriptTexts(context: RuleContext): ShellText[] {
  return shellScripts(context).map((file): ShellText => {
    const script = scriptOf(context.shell(file.content));
    return {
      ...script,
      kind: 'script',
      finding: (command, what) => ({ file: command ? `${file.path}:${command.line}` : file.path, what }),
    };
  });
}

/** Every text that a shell runs, while the image is built or in it. */
export const shellTexts = onceFor((context: RuleContext): readonly ShellText[] => [
  ...runTexts(context),
  ...scriptTexts(context),
]);

/** Finds in texts what depends on nothing but them: most scripts are the same in all images, and are looked at once. */
export function shellFinder(
  look: (script: ShellScript) => readonly Told[],
): (context: RuleContext, texts?: readonly ShellText[]) => Finding[] {
  const find = onceFor((commands: readonly ShellCommand[]) => look(scriptOf(commands)));
  return (context, texts = shellTexts(context)) =>
    texts.flatMap((text) => find(text.commands).map(([command, what]) => text.finding(command, what)));
}

/** The same for what is said of each program that they run. */
export function programFinder(
  look: (invocation: Invocation) => string | undefined,
): (context: RuleContext, texts?: readonly ShellText[]) => Finding[] {
  return shellFinder(({ invocations: all }) =>
    all.flatMap((invocation): Told[] => {
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
  return shellTexts(context).flatMap((text) =>
    text.invocations.flatMap((invocation) => {
      const what = look(invocation, text);
      return what === undefined ? [] : [text.finding(invocation.command, what)];
    }),
  );
}

/** A program that a stage runs, with the script that it stands in. */
export interface BuildStep extends Invocation {
  readonly file: string;
}

/** The programs that a RUN runs, in order, those of the scripts that it starts included. */
export function buildSteps(context: RuleContext, run: ParsedInstruction): BuildStep[] {
  const file = context.pathOf('Dockerfile');
  const { invocations: started } = scriptOf(runCommands(context, run));
  return expand(context, started, () => `${file}:${run.line}`, DEPTH);
}

function expand(
  context: RuleContext,
  started: readonly Invocation[],
  place: (line: number) => string,
  depth: number,
): BuildStep[] {
  return started.flatMap((invocation) => {
    const script = depth > 0 ? fileOf(context, invocation) : undefined;
    const step = { ...invocation, file: place(invocation.command.line) };
    if (!script) {
      return [step];
    }
    const { invocations: inner } = scriptOf(context.shell(script.content));
    return [step, ...expand(context, inner, (line) => `${script.path}:${line}`, depth - 1)];
  });
}

/** The script of the context that a program is, or is told to run. */
function fileOf(context: RuleContext, invocation: Invocation): RuleFile | undefined {
  const paths = pathsOf(invocation);
  return paths.length === 0
    ? undefined
    : shellScripts(context).find((file) =>
        paths.some((path) => path.endsWith(`/${file.path.slice(context.architecture.length + 1)}`)),
      );
}

/** Paths of what may be a script, among the program and what a shell is given. */
const pathsOf = onceFor(({ command, program, args }: Invocation): readonly string[] => {
  const isRunner = /^(?:\.|source|ash|bash|dash|ksh|mksh|sh|zsh)$/.test(program);
  const words = isRunner ? args.filter((word) => !word.startsWith('-')) : command.words.slice(0, 1);
  return words.filter((word) => word.includes('/'));
});

/** The files of a context that a shell runs. */
const shellScripts = onceFor((context: RuleContext): readonly RuleFile[] => context.files.filter(isShellScript));

/** Commands are read once, and frozen; so is what they run. */
const scriptOf = onceFor((commands: readonly ShellCommand[]): ShellScript =>
  Object.freeze({ commands, invocations: Object.freeze(invocations(commands)) }),
);

function isShellScript({ path, content }: RuleFile): boolean {
  return path.endsWith('.sh') || /^#!.*\b(?:ash|bash|dash|ksh|mksh|sh|zsh)\b/.test(content);
}
