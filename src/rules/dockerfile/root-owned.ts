import type { Invocation } from '../parse/shell';
import type { FileRule } from '../rule';
import type { RuleSubject } from '../rule-subject';
import { findPrograms } from './builds';
import { optionValues } from './option-values';
import { findInstructions, flagOf } from './stages';

/** Root, by any of its names; `:` alone keeps the group. */
const ROOT = /^(?:0|root)?(?:[:.](?:0|root)?)?$/;

/** A mode by which the group or everybody may write. */
const LOOSE_NUMBER = /^[0-7]{0,2}(?:[0-7][2367]|[2367][0-7])$/;
const LOOSE_LETTERS = /(?:^|,)(?:[ugo]*[goa][ugoa]*)?[+=][rxXst]*w/;

/** DF-020 */
export const ROOT_OWNED: FileRule = {
  id: 'DF-020',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'Code and configuration belong to root and are written by nobody else; only the declared directories belong to the server',
  why: 'a server that may write its own code keeps whatever an attacker makes it write',
  next: 'copy from the context with --chown=0:0 and --chmod=0644 or 0755, and declare by addWritablePath what the server has to write',
  fix: 'scripts/assemble.sh installs every file as 0644 or 0755 of root, and takes write permission from everybody else at its end',
  sources: ['CIS NGINX 2.3.1', 'CIS NGINX 2.3.2', 'DevSec nginx-02', 'OWASP Docker Security: rule 8'],
  check: (subject) =>
    subject.eachContext((context) => [
      ...findInstructions(context, ['COPY', 'ADD'], (instruction) => {
        const isFromContext = instruction.keyword === 'COPY' && flagOf(instruction, 'from') === undefined;
        return whyNot(flagOf(instruction, 'chown'), flagOf(instruction, 'chmod'), isFromContext);
      }),
      ...findPrograms(context, (invocation) => whatIsLoose(subject, invocation)),
    ]),
};

function whyNot(owner: string | undefined, mode: string | undefined, isNeeded: boolean): string | undefined {
  if (owner === undefined ? isNeeded : !/^(?:0|root):(?:0|root)$/.test(owner)) {
    return `the copied files belong to ${owner ?? 'nobody in particular'}, not to 0:0`;
  }
  if (mode === undefined) {
    return isNeeded ? 'the copied files have the modes of whoever builds: --chmod' : undefined;
  }
  return isLoose(mode) ? `--chmod=${mode} lets others write` : undefined;
}

function whatIsLoose(subject: RuleSubject, { program, args }: Invocation): string | undefined {
  const [first = '', ...paths] = args.filter((word) => !/^-(?:-?[a-zA-Z]{2,}.*|[RfvchHLPT])$/.test(word));
  switch (program) {
    case 'chmod':
      return isLoose(first) ? strayPath(subject, paths, `chmod ${first} lets others write`) : undefined;
    case 'chown':
      return ROOT.test(first) ? undefined : strayPath(subject, paths, `chown gives to ${first}`);
    case 'install':
      return whatInstalls(subject, args);
    case 'umask':
      return letsWrite(first) ? `umask ${first} lets others write` : undefined;
    case 'writable':
      return findWritable(subject, args);
    default:
      return undefined;
  }
}

/** `install -m 0666 a /b`, `install --owner=app a /b` */
function whatInstalls(subject: RuleSubject, args: readonly string[]): string | undefined {
  const [mode = '0755'] = optionValues(args, 'm', 'mode');
  const [owner = 'root'] = optionValues(args, 'o', 'owner');
  const [group = 'root'] = optionValues(args, 'g', 'group');
  if (isLoose(mode)) {
    return `install lets others write ${args.at(-1)}`;
  }
  return ROOT.test(owner) && ROOT.test(group)
    ? undefined
    : strayPath(subject, args.slice(-1), `install gives to ${owner}:${group}`);
}

/** Whether a mask of new files lets the group or everybody write: as a number what it takes, as letters what it gives. */
function letsWrite(mask: string): boolean {
  return /^[0-7]+$/.test(mask) ? (parseInt(mask, 8) & 0o022) !== 0o022 : LOOSE_LETTERS.test(mask);
}

function isLoose(mode: string): boolean {
  return LOOSE_NUMBER.test(mode) || LOOSE_LETTERS.test(mode);
}

/** The first path that is not declared as writable. Those of positional parameters are judged where they are given. */
function strayPath({ facts }: RuleSubject, paths: readonly string[], what: string): string | undefined {
  const stray = paths
    .map((path) => path.replace(/^(?:\$\{?rootfs\}?|\/rootfs(?=\/))/, ''))
    .find(
      (path) =>
        !/^\$[@*\d]/.test(path) &&
        !facts.writablePaths.some((one) => path === one.path || path.startsWith(`${one.path}/`)),
    );
  return stray === undefined ? undefined : `${what}: ${stray}, which is not a declared writable directory`;
}

/** `writable MODE PATH` of scripts/assemble.sh. */
function findWritable({ facts }: RuleSubject, [mode = '', path = '']: readonly string[]): string | undefined {
  return facts.writablePaths.some((one) => one.path === path && one.mode === mode) || path === ''
    ? undefined
    : `the directory ${path} of mode ${mode} is not declared as writable`;
}
