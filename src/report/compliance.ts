import { byCodePoint, CERTAINTIES } from '../catalog';
import { COMPLIANCE_SCHEMA_ID, type Compliance } from './compliance-schema';
import type { ImageReport, ReportedFinding } from './image-report';
import type { IndexedRule } from './rule-index';
import { objectTexts } from '../model/json-texts';

type ComplianceImage = Compliance['images'][string];

/** The report for programs, in pieces: as one object, a great matrix would take much memory at once. */
export function* renderCompliance(rules: readonly IndexedRule[], images: readonly ImageReport[]): Generator<string> {
  yield `{\n  "$schema": ${JSON.stringify(COMPLIANCE_SCHEMA_ID)},\n  "version": 1,\n  "rules": `;
  yield* objectTexts(rules.map((item) => [item.key, describeRule(item)] as const));
  yield ',\n  "images": ';
  yield* objectTexts(eachImage(rules, images));
  yield '\n}\n';
}

function* eachImage(
  rules: readonly IndexedRule[],
  images: readonly ImageReport[],
): Generator<readonly [string, ComplianceImage]> {
  for (const image of images) {
    yield [image.name, describeImage(rules, image)];
  }
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
