import { createHash } from 'node:crypto';
import { relativeUrl } from './html';
import type { ImageReport, ReportedFinding, ReportedGrant } from './image-report';
import type { IndexedRule } from './rule-index';
import { filled, GRANT_RULE } from './sarif-rules';
import type { Told } from './sarif-told';
import type { SarifLocation, SarifResult } from './sarif-types';
import type { Spot } from './spot';

/** Results, one after the other: ten thousand images have tens of thousands. */
export function* sarifResults(rules: readonly IndexedRule[], all: Iterable<Told>): Generator<SarifResult> {
  let of: ImageReport | undefined;
  let known = new Map<string, number>();
  for (const told of all) {
    // Twins are of one image and one rule, and so they follow each other.
    known = told.report === of ? known : new Map<string, number>();
    of = told.report;
    yield toResult(rules, told, known);
  }
}

function toResult(rules: readonly IndexedRule[], told: Told, known: Map<string, number>): SarifResult {
  const { report, level, finding, grant } = told;
  const { key, what, spot, parts } = finding
    ? describeFinding(report, rules[finding.rule]!, finding)
    : describeGrant(report, grant!);
  return {
    ruleId: key,
    ruleIndex: finding ? finding.rule : rules.length,
    level,
    message: { text: what },
    locations: [locate(report, spot)],
    partialFingerprints: fingerprint(known, parts),
    ...(grant ? { suppressions: [suppression(grant)] } : {}),
  };
}

interface Described {
  readonly key: string;
  readonly what: string;
  readonly spot: Spot;
  /** What the fingerprint is of. */
  readonly parts: readonly string[];
}

function describeFinding({ name }: ImageReport, { key }: IndexedRule, { what, spot }: ReportedFinding): Described {
  return { key: filled(key), what: filled(`${name}: ${what}`), spot, parts: [name, key, spot.path, what] };
}

function describeGrant({ name }: ImageReport, { subject, spot }: ReportedGrant): Described {
  const { id } = GRANT_RULE;
  return { key: id, what: `${name}: ${subject} is granted`, spot, parts: [name, id, subject] };
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
