import { unwantedPackage } from '../../catalog';
import { Pool } from '../../config';
import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import { shellFinder, shellTexts, type ShellText, type Told } from '../dockerfile/builds';
import { targetsOf } from '../dockerfile/option-values';
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
      ...findCarried(context),
      ...shellTexts(context).flatMap((text) => findInstalled(context, text)),
      ...findCopied(context),
    ]),
  ],
};

/** What scripts name to be carried into the image, and what they put there. */
const findCarried = shellFinder(({ commands, invocations }) => {
  const lists = flatMap(commands, (command) =>
    command.assignments
      .filter(({ name }) => CARRIED.includes(name))
      .flatMap(({ name, value }) => flatMap(value.split(/\s+/), (word) => unwanted(word, `${name} has`)))
      .map((what): Told => [command, what]),
  );
  const programs = flatMap(invocations, (invocation) =>
    programsPut(invocation).map((what): Told => [invocation.command, what]),
  );
  return [...lists, ...programs];
});

/** The calls by which a text installs packages. */
const installs = onceFor((invocations: readonly Invocation[]) =>
  flatMap(invocations, (invocation) => {
    const call = packageCall(invocation);
    return call && isInstall(call) ? [{ invocation, call }] : [];
  }),
);

/** Words by which a package goes into another root. */
const IN_ROOT = /^(?:--root(?:=|$)|(?:-o)?(?:RootDir|Dir)=|(?:\S*\/)?chroot$)/;

/** Packages that are installed into the root of the image, or in a stage that becomes the image. */
function findInstalled(context: RuleContext, text: ShellText): Finding[] {
  return flatMap(installs(text.invocations), ({ invocation, call }) => {
    const isInRoot = invocation.command.words.some(
      (word) => IN_ROOT.test(word) || (call.tool === 'apk' && /^-p/.test(word)),
    );
    const isInImage = isInRoot || (text.stage !== undefined && becomesImage(context, text.stage));
    return (isInImage ? call.packages : [])
      .flatMap((name) => unwanted(name.replace(/[=<>~@:/].*/, ''), 'the package'))
      .map((what) => text.finding(invocation.command, what));
  });
}

/** A path of the root that is put together. */
const IN_ROOTFS = /^\/?\$?\{?rootfs\b/;

/** Programs of a name that nobody wants, or under another one, which the root gets. */
function programsPut({ program, args }: Invocation): string[] {
  if (!/^(?:cp|install|ln|mv|put)$/.test(program)) {
    return [];
  }
  const isInRoot = program === 'put' || targetsOf(args).some((target) => IN_ROOTFS.test(target));
  return isInRoot ? flatMap(args, unwantedProgram) : [];
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

/** What names are that were asked for, null for nothing: the packages of one image are those of the next. */
const UNWANTED = new Pool<string | null>();

function unwanted(name: string, said: string): string[] {
  const what = UNWANTED.share(name, () => unwantedPackage(name) ?? null);
  return what === null ? [] : [`${said} ${name}, ${what}`];
}
