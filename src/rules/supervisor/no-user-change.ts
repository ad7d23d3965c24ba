import type { FileRule } from '../rule';
import { programName } from './script-lines';
import { scriptLineFinder } from './service-tree';

/** SUP-003 */
export const NO_USER_CHANGE: FileRule = {
  id: 'SUP-003',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'No script of s6 changes the user: every process is the one that the image names',
  why: 'the image has no right to become another user, so the script fails; and where somebody gives that right, a service runs as whom nobody checked',
  next: 'take the program out of the script; the user of the whole image is security.uid',
  fix: 'S6Construct writes run scripts without it',
  sources: ['CIS Docker 4.1', 'Pod Security Standards: runAsNonRoot'],
  check: (subject) => findChange(subject),
};

const findChange = scriptLineFinder((words) => {
  const program = words.find((word) => CHANGERS.has(programName(word)));
  return program === undefined ? undefined : `${program} changes the user`;
});

const CHANGERS: ReadonlySet<string> = new Set([
  'chpst',
  'doas',
  'gosu',
  'runuser',
  's6-applyuidgid',
  's6-envuidgid',
  's6-setuidgid',
  's6-sudo',
  's6-sudoc',
  's6-sudod',
  'setpriv',
  'su',
  'su-exec',
  'sudo',
]);
