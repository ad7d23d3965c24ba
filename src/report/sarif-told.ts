import type { Severity } from '../rules';
import type { ImageReport, ReportedFinding, ReportedGrant } from './image-report';
import type { IndexedRule } from './rule-index';
import type { SarifResult } from './sarif-types';

const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** A result to be: a finding, or a grant that holds none back. */
export interface Told {
  readonly report: ImageReport;
  readonly level: SarifResult['level'];
  readonly finding?: ReportedFinding;
  readonly grant?: ReportedGrant;
}

/** Every result, the gravest first: what does not fit is the least. */
export function* gravestFirst(rules: readonly IndexedRule[], images: readonly ImageReport[]): Generator<Told> {
  for (const severity of SEVERITIES) {
    for (const report of images) {
      yield* toldOf(report).filter(
        ({ finding }) => severity === (finding === undefined ? 'LOW' : rules[finding.rule]!.rule.severity),
      );
    }
  }
}

function toldOf(report: ImageReport): Told[] {
  return [
    ...report.violations.map((finding): Told => ({ report, level: 'error', finding })),
    ...report.warnings.map((finding): Told => ({ report, level: 'warning', finding })),
    ...report.grants.flatMap((grant): Told[] => [
      ...grant.heldBack.map((finding): Told => ({ report, level: 'note', finding, grant })),
      ...(grant.heldBack.length === 0 ? [{ report, level: 'note' as const, grant }] : []),
    ]),
  ];
}
