import { HARDENING_PACKS, RuleSubject, type Assessment, type Finding, type Rule, type RuleResult } from '../../../src';
import type { ReportedImage } from '../../../src/report';

/** Facts of an image as a manifest has them. */
export function imageFacts(changes: Partial<ReportedImage> = {}): ReportedImage {
  return {
    path: 'shop',
    php: { version: '8.4', endOfLife: '2028-12-31', extensions: ['curl'], uploads: true, cliOnlyExtensions: [] },
    platform: { name: 'debian', release: 'trixie', endOfLife: '2028-08-09' },
    supervisor: 'distribution',
    certainty: 'inferred',
    user: '10001:10001',
    ports: [8080],
    documentRoot: '/var/www/html/public',
    serverNames: [],
    trustedProxies: [],
    writablePaths: [{ path: '/run', kind: 'tmpfs', exec: true, mode: '0775' }],
    packages: [{ name: 'php8.4-curl', origin: 'sury', certainty: 'inferred' }],
    packageSource: 'live',
    grants: [],
    architectures: {
      amd64: {
        platform: 'linux/amd64',
        base: { reference: 'docker.io/library/debian:1', digest: `sha256:${'0'.repeat(64)}`, kind: 'manifest' },
        downloads: [],
      },
    },
    ...changes,
  } as ReportedImage;
}

/** A rule that finds what it is told to find. */
export function warningRule(findings: readonly Finding[], changes: Partial<Rule> = {}): Rule {
  return {
    id: 'OWN-001',
    severity: 'HIGH',
    level: 'warning',
    kind: 'bounded',
    statement: 'A team is named',
    why: 'somebody has to be called at night',
    next: 'name it',
    sources: ['Handbook 7'],
    check: () => findings,
    ...changes,
  } as Rule;
}

/** An assessment in which every shipped rule is kept and the others are as they find. */
export function assessmentOf(
  name: string,
  facts: ReportedImage,
  own: readonly Rule[] = [],
  files: Readonly<Record<string, string>> = { 'amd64/Dockerfile': 'FROM scratch\n' },
): Assessment {
  const subject = new RuleSubject(
    name,
    facts,
    Object.entries(files).map(([path, content]) => ({ path, content, executable: false })),
  );
  const kept = HARDENING_PACKS.map((pack) => ({
    pack: { name: pack.name, rules: pack.rules.map(silenced) },
    results: pack.rules.map((rule): RuleResult => ({ rule: silenced(rule), status: 'passed', findings: [] })),
  }));
  const results = own.map((rule): RuleResult => {
    const findings = 'check' in rule ? rule.check(subject) : [];
    return { rule, status: findings.length === 0 ? 'passed' : 'warned', findings };
  });
  return { subject, packs: [...kept, { pack: { name: 'house rules', rules: own }, results }] };
}

const keeping = new Map<Rule, Rule>();

/** The words of a rule, without its check. */
function silenced(rule: Rule): Rule {
  const known = keeping.get(rule) ?? ({ ...rule, check: () => [] } as Rule);
  keeping.set(rule, known);
  return known;
}
