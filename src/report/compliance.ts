import { byCodePoint, CERTAINTIES } from '../catalog';
import { COMPLIANCE_SCHEMA_ID, type Compliance } from './compliance-schema';
import type { ImageReport, ReportedFinding } from './image-report';
import type { IndexedRule } from './rule-index';

type ComplianceImage = Compliance['images'][string];

/** The report for programs. */
export function renderCompliance(rules: readonly IndexedRule[], images: readonly ImageReport[]): string {
  const compliance: Compliance = {
    $schema: COMPLIANCE_SCHEMA_ID,
    version: 1,
    rules: Object.fromEntries(rules.map((item) => [item.key, describeRule(item)])),
    images: Object.fromEntries(images.map((image) => [image.name, describeImage(rules, image)])),
  };
  return `${JSON.stringify(compliance, null, 2)}\n`;
}

function describeRule({ pack, rule }: IndexedRule): Compliance['rules'][string] {
  const { severity, level = 'error', kind, statement, sources } = rule;
  return { pack, severity, level, kind, statement, sources: [...sources] };
}

function describeImage(rules: readonly IndexedRule[], report: ImageReport): ComplianceImage {
  const { image, warnings, violations, skipped } = report;
  const warned = new Set(warnings.map(({ rule }) => rule)).size;
  const violated = new Set(violations.map(({ rule }) => rule)).size;
  const toFinding = ({ rule, file, what, next }: ReportedFinding): ComplianceImage['warnings'][number] => ({
    rule: rules[rule]!.key,
    file,
    what,
    next,
  });
  return {
    path: image.path,
    php: image.php.version,
    platform: `${image.platform.name} ${image.platform.release}`,
    architectures: Object.fromEntries(
      Object.entries(image.architectures).map(([name, { base }]) => [name, base.kind] as const),
    ),
    rules: {
      passed: report.rules.length - warned - violated - skipped.length,
      warned,
      violated,
      skipped: skipped.length,
    },
    warnings: warnings.map(toFinding),
    violations: violations.map(toFinding),
    grants: report.grants.map(({ subject, reason, heldBack }) => ({
      subject,
      reason,
      rules: [...new Set(heldBack.map(({ rule }) => rules[rule]!.key))].sort(byCodePoint),
    })),
    certainty: image.certainty,
    uncertain: uncertainPackages(report),
  };
}

function uncertainPackages({ image }: ImageReport): ComplianceImage['uncertain'] {
  const known = CERTAINTIES.filter((certainty) => certainty !== 'verified').map((certainty) => {
    const packages = image.packages.filter((item) => item.certainty === certainty);
    return [certainty, packages.map(({ name }) => name)] as const;
  });
  return Object.fromEntries(known.filter(([, names]) => names.length > 0));
}
