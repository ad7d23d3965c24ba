import { onceFor } from '../../config/once-for';
import type { Finding, FileRule } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { installedFiles } from './installed-files';
import { scriptLines, type ScriptLine } from './script-lines';

/** SUP-008 */
export const VISIBLE_TREE: FileRule = {
  id: 'SUP-008',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'What s6 runs lies in the build context as files; no step of the build writes into its tree or takes its place',
  why: 'a service that a script of the build writes is seen by no rule on services, and runs beside those that are',
  next: 'describe the service by addLongRun or addOneShot, and leave /init, /command and the tree of s6 alone',
  fix: 'S6Construct renders the whole tree, and assemble.sh copies it',
  sources: ['s6-rc: service definitions', 'NIST SP 800-190 4.4'],
  check: (subject) =>
    subject.eachContext((context) => [
      ...findInDockerfile(context),
      ...findInScripts(context),
      ...findReplaced(context, subject),
    ]),
};

/** Places that s6 reads: its trees, and what s6-overlay takes besides. */
const TREE =
  /etc\/(?:s6|cont-init\.d|cont-finish\.d|services\.d|fix-attrs\.d)|s6-rc\.d|user-bundles\.d|\.s6-svscan|(?:^|[\s"'}:=])(?:\/rootfs|\$\{?rootfs\}?"?)?\/(?:init|command|package)(?=$|[\s"'/])/;

function findInDockerfile(context: RuleContext): Finding[] {
  return context
    .dockerfile()
    .stages.flatMap(({ instructions }) => instructions)
    .filter(({ keyword, text }) => ['ADD', 'COPY', 'RUN'].includes(keyword) && TREE.test(text))
    .map(({ line, keyword }) => ({
      file: `${context.pathOf('Dockerfile')}:${line}`,
      what: `${keyword} reaches into the tree of s6`,
    }));
}

/** assemble.sh makes directories and puts files of the context there, which are read where they lie. */
const ASSEMBLY = /^(?:put \d+ \S+ \S+|for directory in .*; do)$/;

function findInScripts(context: RuleContext): Finding[] {
  return context.files
    .filter(({ path }) => /^scripts\/.*\.sh$/.test(path.slice(context.architecture.length + 1)))
    .flatMap(({ path, content }) =>
      linesOnTree(scriptLines(content))
        .filter(({ text }) => !(path.endsWith('/scripts/assemble.sh') && ASSEMBLY.test(text)))
        .map(({ line }) => ({ file: `${path}:${line}`, what: 'a step of the build reaches into the tree of s6' })),
    );
}

const linesOnTree = onceFor((lines: readonly ScriptLine[]) =>
  lines.map(({ words, line }) => ({ text: words.join(' '), line })).filter(({ text }) => TREE.test(text)),
);

function findReplaced(context: RuleContext, subject: RuleSubject): Finding[] {
  return installedFiles(context, subject)
    .filter(({ target }) => /^\/(?:init$|(?:command|package)\/)/.test(target))
    .map(({ target, file }) => ({ file, what: `it takes the place of ${target}, which is of s6-overlay` }));
}
