import { flatMap } from '../../config/flat-map';
import type { FileRule, Finding } from '../rule';
import type { RuleContext, RuleFile } from '../rule-subject';
import { programFinder } from './builds';
import { allInstructions, stageFinding } from './stages';

/** Programs that run another one as somebody else. */
const SWITCHES =
  /^(?:calife|doas|gosu|pkexec|run0|runuser|setpriv|setuidgid|s6-applyuidgid|s6-setuidgid|su|su-exec|sudo|sudoedit)$/;

/** DF-015 */
export const NO_OTHER_USER: FileRule = {
  id: 'DF-015',
  severity: 'CRITICAL',
  kind: 'invariant',
  statement: 'No build and no service uses sudo, su, gosu or the like',
  why: 'they need the setuid bit or a start as root, and hide who does something; a build is root already, a server never is',
  next: 'leave the program out: builds run as root, and every service as the user of the image',
  sources: ['Trivy DS-0010', 'hadolint DL3004', 'Dockle DKL-DI-0001'],
  check: (subject) =>
    subject.eachContext((context) => [
      ...findSwitches(context),
      ...context.files.filter(isExecline).flatMap(findInService),
      ...findInExec(context),
    ]),
};

const findSwitches = programFinder(({ program }) => (SWITCHES.test(program) ? `${program} is used` : undefined));

/** In execline a program is any word: what stands before it decides whether it runs. */
function findInService({ path, content }: RuleFile): Finding[] {
  return flatMap(content.split('\n'), (line, index) =>
    line
      .split(/[\s"{}]+/)
      .map((word) => word.slice(word.lastIndexOf('/') + 1))
      .filter((word) => !line.startsWith('#') && SWITCHES.test(word))
      .map((word) => ({ file: `${path}:${index + 1}`, what: `${word} is used` })),
  );
}

/** ENTRYPOINT, CMD and HEALTHCHECK. */
function findInExec(context: RuleContext): Finding[] {
  return allInstructions(context)
    .filter(({ keyword }) => ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'].includes(keyword))
    .flatMap((instruction) =>
      [...(instruction.exec ?? instruction.words)]
        .flatMap((word) => word.split(/\s+/))
        .map((word) => word.slice(word.lastIndexOf('/') + 1))
        .filter((word) => SWITCHES.test(word))
        .map((word) => stageFinding(context, instruction, `${word} is used`)),
    );
}

function isExecline({ path, content }: RuleFile): boolean {
  return /^#!.*execlineb/.test(content) || /\/s6-rc\.d\/[^/]+\/(?:up|down)$/.test(path);
}
