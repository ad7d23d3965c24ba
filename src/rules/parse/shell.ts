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
  builtin: { options: /^$/ },
  busybox: { options: /^$/ },
  chroot: { options: /^--(?:groups|userspec)$/, skip: 1 },
  command: { options: /^$/ },
  coproc: { options: /^$/ },
  env: { options: /^(?:-[uC]|--(?:unset|chdir))$/ },
  exec: { options: /^-a$/ },
  flock: { options: /^(?:-[wE]|--(?:wait|timeout|conflict-exit-code))$/, skip: 1 },
  gosu: { options: /^$/, skip: 1 },
  ionice: { options: /^(?:-[cn]|--class|--classdata)$/ },
  nice: { options: /^(?:-n|--adjustment)$/ },
  nohup: { options: /^$/ },
  's6-setuidgid': { options: /^$/, skip: 1 },
  setpriv: {
    options: /^--(?:\w+-caps|apparmor-profile|bounding-set|groups|(?:re|r|e)?[ug]id|securebits|selinux-label)$/,
  },
  setsid: { options: /^$/ },
  stdbuf: { options: /^(?:-[ioe]|--(?:input|output|error))$/ },
  'su-exec': { options: /^$/, skip: 1 },
  time: { options: /^(?:-[fo]|--(?:format|output))$/ },
  timeout: { options: /^(?:-[ks]|--(?:kill-after|signal))$/, skip: 1 },
  tini: { options: /^-[pe]$/ },
  xargs: { options: /^(?:-[aEILnPsd]|--(?:arg-file|delimiter|max-args|max-chars|max-procs|process-slot-var))$/ },
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
  for (const [index, command] of commands.entries()) {
    const own = unwrap(command.words, command);
    const scripts = scriptsIn(command, own, command.piped ? commands[index + 1] : undefined);
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
  return [{ program, args, command }, ...flatMap(innerWords(program, args), (inner) => unwrap(inner, command))];
}

/** What a program runs, by its arguments. */
function innerWords(program: string, args: readonly string[]): ReadonlyArray<readonly string[]> {
  if (program === 'find') {
    const starts = flatMap(args, (word, at) => (/^-(?:exec|execdir|ok|okdir)$/.test(word) ? [at] : []));
    return starts.map((at, index) => args.slice(at + 1, starts[index + 1]));
  }
  if (program === 'function') {
    return [args.slice(args.indexOf('{') + 1)];
  }
  const wrapper = Object.hasOwn(WRAPPERS, program) ? WRAPPERS[program] : undefined;
  if (!wrapper || (program === 'command' && /^-[a-zA-Z]*[vV]/.test(args[0] ?? ''))) {
    return [];
  }
  let at = 0;
  while (at < args.length && (args[at]!.startsWith('-') || /^\w+=/.test(args[at]!))) {
    at += wrapper.options.test(args[at]!) ? 2 : 1;
  }
  return [args.slice(at + (wrapper.skip ?? 0))];
}

/**
 * Texts that a shell reads as a script: one that the command starts, or the next one, into which its output goes.
 *
 * @param started the programs of the command
 */
function scriptsIn(command: ShellCommand, started: readonly Invocation[], next?: ShellCommand): string[] {
  const texts = flatMap(started, ({ program, args }) => scriptsOf(program, args));
  const strings = command.redirects.filter(({ operator }) => operator === '<<<').map(({ target }) => target);
  const isSaid = next !== undefined && unwrap(next.words, next).some(isReader);
  // `RUN <<EOF` has no word, and its document is the script.
  const isStarted = started.some(isReader) || command.words.length === 0;
  return [
    ...texts,
    ...(isStarted ? strings : []),
    ...(isStarted || isSaid ? command.documents : []),
    ...(isSaid ? flatMap(started, said) : []),
  ];
}

/** What a program writes of its own. */
function said({ program, args }: Invocation): readonly string[] {
  return program === 'echo' ? [args.join(' ')] : program === 'printf' ? args : [];
}

function isReader({ program }: Invocation): boolean {
  return isShell(program) || program === 'eval';
}

/** Scripts among the arguments of a program. */
function scriptsOf(program: string, args: readonly string[]): string[] {
  if (program === 'eval') {
    return [args.join(' ')];
  }
  if (program === 'trap') {
    return args.slice(0, 1);
  }
  if (program === 'env') {
    return splitString(args);
  }
  const at = isShell(program) ? args.findIndex((word) => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(word)) : -1;
  return at < 0
    ? []
    : args
        .slice(at + 1)
        .filter((word) => !/^[-+]/.test(word))
        .slice(0, 1);
}

/** `env -S "program argument"` takes its words apart. */
function splitString(args: readonly string[]): string[] {
  const at = args.findIndex((word) => /^(?:-[a-zA-Z0-9]*S|--split-string)/.test(word));
  return at < 0
    ? []
    : [[args[at]!.replace(/^(?:-[a-zA-Z0-9]*?S|--split-string=?)/, ''), ...args.slice(at + 1)].join(' ')];
}
