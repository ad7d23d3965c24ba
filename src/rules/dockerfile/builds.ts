import type { ParsedInstruction, ParsedStage } from '../parse/dockerfile';
import { invocations, type Invocation, type ShellCommand } from '../parse/shell';
import type { Finding } from '../rule';
import type { RuleContext, RuleFile } from '../rule-subject';

/** A text that a shell runs: a RUN of the Dockerfile, or a script of the context. */
export interface ShellText {
  readonly kind: 'RUN' | 'script';
  /** The stage of a RUN. */
  readonly stage?: ParsedStage;
  readonly commands: readonly ShellCommand[];
  /** Every program that it runs, in order. */
  readonly invocations: readonly Invocation[];
  /** A finding at one of its commands. */
  readonly finding: (command: ShellCommand | undefined, what: string) => Finding;
}

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
        const commands = runCommands(context, run);
        const file = `${context.pathOf('Dockerfile')}:${run.line}`;
        return {
          kind: 'RUN',
          stage,
          commands,
          invocations: invocationsOf(commands),
          finding: (_, what) => ({ file, what }),
        };
      }),
  );
}

/** Every shell script of the context, those of the build and those of the image. */
export function scriptTexts(context: RuleContext): ShellText[] {
  return shellScripts(context).map((file): ShellText => {
    const commands = context.shell(file.content);
    return {
      kind: 'script',
      commands,
      invocations: invocationsOf(commands),
      finding: (command, what) => ({ file: command ? `${file.path}:${command.line}` : file.path, what }),
    };
  });
}

/** Many rules ask for the same texts. */
const known = new WeakMap<RuleContext, readonly ShellText[]>();

/** Every text that a shell runs, while the image is built or in it. */
export function shellTexts(context: RuleContext): readonly ShellText[] {
  const texts = known.get(context) ?? [...runTexts(context), ...scriptTexts(context)];
  known.set(context, texts);
  return texts;
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
  return expand(context, invocationsOf(runCommands(context, run)), () => `${file}:${run.line}`, DEPTH);
}

function expand(
  context: RuleContext,
  started: readonly Invocation[],
  place: (line: number) => string,
  depth: number,
): BuildStep[] {
  return started.flatMap((invocation) => {
    const script = depth > 0 ? scriptOf(context, invocation) : undefined;
    const step = { ...invocation, file: place(invocation.command.line) };
    if (!script) {
      return [step];
    }
    const inner = invocationsOf(context.shell(script.content));
    return [step, ...expand(context, inner, (line) => `${script.path}:${line}`, depth - 1)];
  });
}

/** The script of the context that a program is, or is told to run. */
function scriptOf(context: RuleContext, { command, program, args }: Invocation): RuleFile | undefined {
  const isRunner = /^(?:\.|source|ash|bash|dash|ksh|mksh|sh|zsh)$/.test(program);
  const paths = isRunner ? args.filter((word) => !word.startsWith('-')) : command.words.slice(0, 1);
  return shellScripts(context).find((file) =>
    paths.some((path) => path.endsWith(`/${file.path.slice(context.architecture.length + 1)}`)),
  );
}

const scripts = new WeakMap<RuleContext, readonly RuleFile[]>();

/** The files of a context that a shell runs. */
function shellScripts(context: RuleContext): readonly RuleFile[] {
  const found = scripts.get(context) ?? context.files.filter(isShellScript);
  scripts.set(context, found);
  return found;
}

/** Commands are read once, and frozen; so is what they run. */
const programs = new WeakMap<readonly ShellCommand[], readonly Invocation[]>();

function invocationsOf(commands: readonly ShellCommand[]): readonly Invocation[] {
  const found = programs.get(commands) ?? Object.freeze(invocations(commands));
  programs.set(commands, found);
  return found;
}

function isShellScript({ path, content }: RuleFile): boolean {
  return path.endsWith('.sh') || /^#!.*\b(?:ash|bash|dash|ksh|mksh|sh|zsh)\b/.test(content);
}
