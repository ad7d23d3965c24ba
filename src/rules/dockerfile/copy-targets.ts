import { flatMap } from '../../config/flat-map';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';
import { copied, stageFinding } from './stages';
import type { ParsedStage } from '../parse/dockerfile';

/** DF-021 */
export const COPY_TARGETS: FileRule = {
  id: 'DF-021',
  severity: 'HIGH',
  kind: 'invariant',
  statement:
    'Several files are copied into a directory that ends with a slash, and to a relative path only below a WORKDIR',
  why: 'otherwise they land one over another, or wherever the base image happens to be',
  next: 'end the target with a slash, and write it absolute',
  fix: 'the platform writes absolute targets',
  sources: ['Trivy DS-0011', 'hadolint DL3021', 'hadolint DL3045'],
  check: (subject) =>
    subject.eachContext((context) => flatMap(context.dockerfile().stages, (stage) => findTargets(context, stage))),
};

function findTargets(context: RuleContext, { instructions }: ParsedStage): Finding[] {
  let hasDirectory = false;
  return flatMap(instructions, (instruction): Finding[] => {
    hasDirectory ||= instruction.keyword === 'WORKDIR';
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') {
      return [];
    }
    const { sources, target } = copied(instruction);
    const isSeveral = sources.length > 1 || sources.some((source) => /[*?[]/.test(source));
    return [
      ...(isSeveral && !target.endsWith('/')
        ? [stageFinding(context, instruction, `several files are copied to ${target}, which does not end with a slash`)]
        : []),
      ...(/^[/$]/.test(target) || hasDirectory
        ? []
        : [stageFinding(context, instruction, `${target} is relative, and no WORKDIR stands above it`)]),
    ];
  });
}
