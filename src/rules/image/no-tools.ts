import { unwantedPackage } from '../../catalog';
import { shellTexts, type ShellText } from '../dockerfile/builds';
import { isInstall, packageCall } from '../dockerfile/package-tools';
import { copied, lastStage, stageFinding } from '../dockerfile/stages';
import type { ParsedStage } from '../parse/dockerfile';
import type { Invocation } from '../parse/shell';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';

/** Lists of the script that puts the root together: what is carried into the image. */
const CARRIED = ['roots', 'programs'];

/** A program by its path. */
const PROGRAM = /\/s?bin\/([^/]+)$/;

/** IMG-007 */
export const NO_TOOLS: FileRule = {
  id: 'IMG-007',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'No shell beside the one POSIX shell, compiler, debugger, package tool, tool that fetches, remote access or sudo is in the image',
  why: 'with them whoever gets into a container reaches the next system; without them there is not even something to look around with',
  next: 'take the package out; what only the build needs belongs into a stage of its own, and debugging into a container beside this one',
  fix: 'the image carries the packages that were asked for and those that they need, file by file, and of collections of small programs those that are named',
  sources: ['CIS Docker 4.3', 'CIS Docker 5.7', 'NIST SP 800-190 4.1.2', 'OWASP Docker Security: rule 2'],
  check: (subject) => [
    ...subject.facts.packages.flatMap(({ name }) => unwanted(name, 'the package').map((what) => ({ what }))),
    ...subject.eachContext((context) => [
      ...shellTexts(context).flatMap((text) => findCarried(context, text)),
      ...findCopied(context),
    ]),
  ],
};

function findCarried(context: RuleContext, text: ShellText): Finding[] {
  const lists = text.commands.flatMap((command) =>
    command.assignments
      .filter(({ name }) => CARRIED.includes(name))
      .flatMap(({ name, value }) => value.split(/\s+/).flatMap((word) => unwanted(word, `${name} has`)))
      .map((what) => text.finding(command, what)),
  );
  const programs = text.invocations.flatMap((invocation) =>
    namesBrought(context, text, invocation).map((what) => text.finding(invocation.command, what)),
  );
  return [...lists, ...programs];
}

/** What a program of the build brings into the image. */
function namesBrought(context: RuleContext, text: ShellText, invocation: Invocation): string[] {
  const call = packageCall(invocation);
  const { words } = invocation.command;
  if (call && isInstall(call)) {
    const isInRoot = words.some((word) => /^(?:--root(?:=|$)|-p$|RootDir|Dir=|chroot$)/.test(word));
    const isInImage = isInRoot || (text.stage !== undefined && becomesImage(context, text.stage));
    return isInImage ? call.packages.flatMap((name) => unwanted(name.replace(/[=<>~@].*/, ''), 'the package')) : [];
  }
  if (!/^(?:cp|install|ln|mv|put)$/.test(invocation.program)) {
    return [];
  }
  const target = invocation.args.at(-1) ?? '';
  const isInRoot = invocation.program === 'put' || /^\/?\$?\{?rootfs\b/.test(target);
  const sources = target.endsWith('/') || /\/s?bin$/.test(target) ? invocation.args.slice(0, -1) : [];
  return isInRoot ? [target, ...sources].flatMap(unwantedProgram) : [];
}

/** Whether the files of a stage are those of the image: the last stage, and what it is made from. */
function becomesImage(context: RuleContext, stage: ParsedStage): boolean {
  const { stages } = context.dockerfile();
  let current: ParsedStage | undefined = lastStage(context);
  for (let left = stages.length; current && left > 0; left -= 1) {
    if (current === stage) {
      return true;
    }
    const { image }: ParsedStage = current;
    current = stages.find(({ name }) => name?.toLowerCase() === image.toLowerCase());
  }
  return false;
}

function findCopied(context: RuleContext): Finding[] {
  return lastStage(context)
    .instructions.filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
    .flatMap((instruction) => {
      const { sources, target } = copied(instruction);
      return [...sources, target].flatMap(unwantedProgram).map((what) => stageFinding(context, instruction, what));
    });
}

function unwantedProgram(path: string): string[] {
  const name = PROGRAM.exec(path)?.[1];
  return name === undefined ? [] : unwanted(name, 'the program');
}

function unwanted(name: string, said: string): string[] {
  const what = unwantedPackage(name);
  return what === undefined ? [] : [`${said} ${name}, ${what}`];
}
