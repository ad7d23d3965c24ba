import { ShellReader } from './shell-reader';
import { flatMap } from '../../config/flat-map';

/** A simple command of a shell script. */
export interface ShellCommand {
  /** Program and arguments, without their quotes; variables stay as they are written. */
  readonly words: readonly string[];
  /** `NAME=value` in front of the program. */
  readonly assignments: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly redirects: ReadonlyArray<{ readonly operator: string; readonly target: string }>;
  /** Bodies of here-documents. */
  readonly documents: readonly string[];
  /** Commands in `$(...)`, in back quotes and in `<(...)`, that run for this one. */
  readonly inner: readonly ShellCommand[];
  /** Whether its output goes into the next command. */
  readonly piped: boolean;
  /** From 1. */
  readonly line: number;
}

/** A program that a script runs, whatever stands in front of it. */
export interface Invocation {
  /** Without its directory: `apt-get`. */
  readonly program: string;
  readonly args: readonly string[];
  /** The command that it was found in. */
  readonly command: ShellCommand;
}

const SHELLS = /^(?:ash|bash|dash|ksh|mksh|sh|zsh)$/;

/** Programs that run the program which their arguments name; `options` are those that take the next word. */
const WRAPPERS: Readonly<Record<string, { readonly options: RegExp; readonly skip?: number }>> = {
  busybox: { options: /^$/ },
  chroot: { options: /^$/, skip: 1 },
  command: { options: /^$/ },
  env: { options: /^-[uCS]$/ },
  exec: { options: /^-a$/ },
  ionice: { options: /^-[cn]$/ },
  nice: { options: /^-n$/ },
  nohup: { options: /^$/ },
  setsid: { options: /^$/ },
  stdbuf: { options: /^-[ioe]$/ },
  time: { options: /^$/ },
  timeout: { options: /^-[ks]$/, skip: 1 },
  xargs: { options: /^-[aEILnPsd]$/ },
};

/**
 * Reads a POSIX shell script. It never throws: what no shell could run is no danger, and the rest is seen.
 */
export function parseShell(text: string): readonly ShellCommand[] {
  return new ShellReader(text, parseShell).read();
}

/** Every program that commands run: in substitutions, behind `exec`, `env` and `xargs`, in `sh -c`, in `find -exec`. */
export function invocations(commands: readonly ShellCommand[]): Invocation[] {
  const found: Invocation[] = [];
  for (const command of commands) {
    const own = unwrap(command.words, command);
    const scripts = scriptsIn(command, own);
    found.push(...invocations(command.inner), ...own, ...invocations(flatMap(scripts, parseShell)));
  }
  return found;
}

/** Whether a program is a shell. */
export function isShell(program: string): boolean {
  return SHELLS.test(program);
}

function unwrap(words: readonly string[], command: ShellCommand): Invocation[] {
  const [first, ...args] = words;
  if (first === undefined) {
    return [];
  }
  const program = first.slice(first.lastIndexOf('/') + 1);
  return [{ program, args, command }, ...unwrap(innerWords(program, args), command)];
}

function innerWords(program: string, args: readonly string[]): readonly string[] {
  if (program === 'find') {
    const at = args.findIndex((word) => /^-(?:exec|execdir|ok|okdir)$/.test(word));
    return at < 0 ? [] : args.slice(at + 1);
  }
  const wrapper = Object.hasOwn(WRAPPERS, program) ? WRAPPERS[program] : undefined;
  if (!wrapper || (program === 'command' && /^-[vV]/.test(args[0] ?? ''))) {
    return [];
  }
  let at = 0;
  while (at < args.length && (args[at]!.startsWith('-') || /^\w+=/.test(args[at]!))) {
    at += wrapper.options.test(args[at]!) ? 2 : 1;
  }
  return args.slice(at + (wrapper.skip ?? 0));
}

/** Texts that a shell which the command starts reads as a script. */
function scriptsIn(command: ShellCommand, started: readonly Invocation[]): string[] {
  const shells = started.filter(({ program }) => SHELLS.test(program) || program === 'eval');
  const texts = flatMap(shells, ({ program, args }) => {
    if (program === 'eval') {
      return [args.join(' ')];
    }
    const at = args.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word));
    return at < 0 ? [] : args.slice(at + 1, at + 2);
  });
  // `RUN <<EOF` has no word, and its document is the script.
  return shells.length > 0 || command.words.length === 0 ? [...texts, ...command.documents] : texts;
}
