import type { ParsedInstruction } from '../parse/dockerfile';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';
import { allInstructions, stageFinding } from './stages';
import { findUndefined } from './variables';

const KNOWN =
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)$/;

/** A continued line, and nothing that continues it. */
const EMPTY_CONTINUATION = /\\[ \t]*\n[ \t]*\n/;

/** DF-022 */
export const CLEAR_INSTRUCTIONS: FileRule = {
  id: 'DF-022',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'The Dockerfile has instructions of today in capitals, NAME=value for variables and labels, no empty continued line and no variable that nothing sets',
  why: 'old forms are read differently than they look, and an unset variable is empty: rm -rf $DIR/ is then rm -rf /',
  next: 'write the instruction as the reference of Dockerfiles has it',
  fix: 'the renderer of Dockerfiles writes nothing else',
  sources: [
    'Trivy DS-0022',
    'hadolint DL4000 and DL3044',
    'BuildKit LegacyKeyValueFormat, ConsistentInstructionCasing, FromAsCasing, NoEmptyContinuation and UndefinedVar',
  ],
  check: (subject) =>
    subject.eachContext((context) => [
      ...allInstructions(context).flatMap((instruction) =>
        whatIsOld(instruction).map((what) => stageFinding(context, instruction, what)),
      ),
      ...findEscape(context),
      ...findUndefined(context),
    ]),
};

function whatIsOld(instruction: ParsedInstruction): string[] {
  const { keyword, written, text, raw, words } = instruction;
  if (!KNOWN.test(keyword)) {
    return [`${written} is no instruction of today`];
  }
  const isLegacy = (keyword === 'ENV' || keyword === 'LABEL') && !/^(?:"[^"]*"|'[^']*'|[^\s=])+=/.test(text.trim());
  const hasSmallAs = keyword === 'FROM' && words[1]?.toUpperCase() === 'AS' && words[1] !== 'AS';
  return [
    ...(written === keyword ? [] : [`${written} is not in capitals`]),
    ...(hasSmallAs ? [`${words[1]} is not in capitals`] : []),
    ...(isLegacy ? [`${keyword} ${text.split(/\s/)[0]} is not written as NAME=value`] : []),
    ...(EMPTY_CONTINUATION.test(raw) && !raw.includes('<<') ? ['a continued line is empty'] : []),
  ];
}

/** Another escape character would change how every line is read. */
function findEscape(context: RuleContext): Finding[] {
  const escape = context.dockerfile().directives.find(({ name, value }) => name === 'escape' && value !== '\\');
  return escape
    ? [{ file: context.pathOf('Dockerfile'), what: `# escape=${escape.value} changes what continues a line` }]
    : [];
}
