import { createHash } from 'node:crypto';
import type { Severity } from '../rules';
import { relativeUrl } from './html';
import type { ImageReport, ReportedFinding, ReportedGrant } from './image-report';
import type { IndexedRule } from './rule-index';
import { filled, GRANT_RULE, toSarifRule } from './sarif-rules';
import type { SarifLocation, SarifResult } from './sarif-types';
import type { Spot } from './spot';
import { toSarif } from './to-sarif';

/** Results of one run that GitHub accepts. */
const RESULTS = 25_000;

const SEVERITIES: readonly Severity[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** The report for code scanning: SARIF 2.1.0. */
export function renderSarif(rules: readonly IndexedRule[], images: readonly ImageReport[]): string {
  const results = images.flatMap((image) => resultsOf(rules, image));
  // The gravest first: what does not fit is the least.
  const rank = ({ ruleIndex }: SarifResult): number => SEVERITIES.indexOf(rules[ruleIndex]?.rule.severity ?? 'LOW');
  const told = [...results].sort((a, b) => rank(a) - rank(b)).slice(0, RESULTS);
  const grants = told.some(({ ruleId }) => ruleId === GRANT_RULE.id);
  return toSarif({
    tool: {
      driver: {
        name: 'projen-nginx-php',
        informationUri: 'https://www.npmjs.com/package/projen-nginx-php',
        rules: [...rules.map(toSarifRule), ...(grants ? [GRANT_RULE] : [])],
      },
    },
    invocations: [{ executionSuccessful: true, ...leftOut(results.length - told.length) }],
    originalUriBaseIds: { OUTPUT: { description: { text: 'The directory that this file lies in' } } },
    columnKind: 'utf16CodeUnits',
    results: told,
  });
}

function leftOut(number: number): object {
  const text = `${number} results are left out, of which there are too many for GitHub; compliance.json has them all`;
  return number === 0 ? {} : { toolExecutionNotifications: [{ level: 'warning', message: { text } }] };
}

function resultsOf(rules: readonly IndexedRule[], report: ImageReport): SarifResult[] {
  const known = new Map<string, number>();
  const toResult = (finding: ReportedFinding, level: SarifResult['level'], grant?: ReportedGrant): SarifResult => {
    const rule = rules[finding.rule]!;
    return {
      ruleId: filled(rule.key),
      ruleIndex: finding.rule,
      level,
      message: { text: filled(`${report.name}: ${finding.what}`) },
      locations: [locate(report, finding.spot)],
      partialFingerprints: fingerprint(known, [report.name, rule.key, finding.spot.path, finding.what]),
      ...(grant ? { suppressions: [suppression(grant)] } : {}),
    };
  };
  return [
    ...report.violations.map((finding) => toResult(finding, 'error')),
    ...report.warnings.map((finding) => toResult(finding, 'warning')),
    ...report.grants.flatMap((grant) => [
      ...grant.heldBack.map((finding) => toResult(finding, 'note', grant)),
      ...(grant.heldBack.length === 0 ? [idleGrant(report, grant, rules.length, known)] : []),
    ]),
  ];
}

function idleGrant(
  report: ImageReport,
  grant: ReportedGrant,
  ruleIndex: number,
  known: Map<string, number>,
): SarifResult {
  return {
    ruleId: GRANT_RULE.id,
    ruleIndex,
    level: 'note',
    message: { text: `${report.name}: ${grant.subject} is granted` },
    locations: [locate(report, grant.spot)],
    partialFingerprints: fingerprint(known, [report.name, GRANT_RULE.id, grant.subject]),
    suppressions: [suppression(grant)],
  };
}

function suppression({ reason }: ReportedGrant): NonNullable<SarifResult['suppressions']>[number] {
  return { kind: 'external', status: 'accepted', justification: filled(reason) };
}

function locate({ name }: ImageReport, { path, line, length }: Spot): SarifLocation {
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUrl(name, path), uriBaseId: 'OUTPUT' },
      region: { startLine: line, startColumn: 1, endLine: line, endColumn: length + 1 },
    },
  };
}

/** The same finding keeps its fingerprint when lines move; twins are counted. */
function fingerprint(known: Map<string, number>, parts: readonly string[]): SarifResult['partialFingerprints'] {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
  const count = (known.get(hash) ?? 0) + 1;
  known.set(hash, count);
  return { primaryLocationLineHash: `${hash}:${count}` };
}
