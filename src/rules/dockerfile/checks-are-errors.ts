import { flatMap } from '../../config/flat-map';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';

/** Comments that tell a judge to look away. */
const SUPPRESSION =
  /(?:^|\s)#?\s*(?:checkov:skip|dockerfilelint|hadolint\s+(?:global\s+)?(?:ignore|shell)|hadolint\s*=|nosemgrep|trivy:ignore|kics-scan\s+(?:disable|ignore))/i;

/** Files that do. */
const FILES = /(?:^|\/)\.(?:checkov\.ya?ml|dockleignore|hadolint\.ya?ml|trivyignore(?:\.ya?ml)?|grype\.ya?ml|snyk)$/i;

/** DF-024 */
export const CHECKS_ARE_ERRORS: FileRule = {
  id: 'DF-024',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'The Dockerfile begins with # check=error=true, and nothing tells a judge to look away',
  why: 'BuildKit would otherwise build what it warns of, and a suppressed finding is found by nobody',
  next: 'leave the first line as it is, and mend what the judge says',
  fix: 'the renderer of Dockerfiles writes that line',
  sources: ['BuildKit build checks', 'hadolint DL1001'],
  check: (subject) => subject.eachContext((context) => [...findHeader(context), ...findSuppressions(context)]),
};

function findHeader(context: RuleContext): Finding[] {
  const file = context.pathOf('Dockerfile');
  const checks = context.dockerfile().directives.filter(({ name }) => name === 'check');
  const settings = flatMap(checks, ({ value }) => value.split(';')).map((part) => part.trim().toLowerCase());
  const skipped = settings.find((setting) => setting.startsWith('skip'));
  return [
    ...(settings.includes('error=true')
      ? []
      : [{ file: `${file}:1`, what: 'it does not begin with # check=error=true' }]),
    ...(skipped === undefined ? [] : [{ file: `${file}:1`, what: `# check=${skipped} switches checks off` }]),
  ];
}

function findSuppressions(context: RuleContext): Finding[] {
  const file = context.pathOf('Dockerfile');
  return [
    ...context
      .dockerfile()
      .comments.filter(({ text }) => SUPPRESSION.test(text))
      .map(({ text, line }) => ({
        file: `${file}:${line}`,
        what: `the comment ${JSON.stringify(text)} silences a judge`,
      })),
    ...context.files
      .filter(({ path }) => FILES.test(path))
      .map(({ path }) => ({ file: path, what: 'a file that silences a judge' })),
  ];
}
