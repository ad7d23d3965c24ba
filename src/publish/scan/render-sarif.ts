import type { JudgedFinding } from './gate';
import type { ScanSeverity } from './scanner';
import { toSarif } from '../../report/to-sarif';

const LEVELS: Readonly<Record<ScanSeverity, 'error' | 'warning' | 'note'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  UNKNOWN: 'note',
};

/** Findings as SARIF 2.1.0, whatever scanner they are of; exemptions stand in it as suppressions. */
export function renderSarif(scanner: string, reference: string, findings: readonly JudgedFinding[]): string {
  const rules = [...new Map(findings.map((finding) => [finding.id, finding])).values()];
  return toSarif({
    tool: {
      driver: {
        name: scanner,
        rules: rules.map(({ id, title }) => ({ id, shortDescription: { text: title ?? id } })),
      },
    },
    results: findings.map((finding) => ({
      ruleId: finding.id,
      level: LEVELS[finding.severity],
      message: { text: describe(finding) },
      locations: [{ physicalLocation: { artifactLocation: { uri: reference } } }],
      ...(finding.verdict === 'ignored' ? { suppressions: [{ kind: 'external', justification: finding.reason }] } : {}),
    })),
  });
}

function describe({ severity, where, version, fixedIn }: JudgedFinding): string {
  return `${severity}: ${[where, version].filter(Boolean).join(' ')}, ${fixedIn ? `fixed in ${fixedIn}` : 'no fix yet'}`;
}
