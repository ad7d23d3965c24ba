import { checked, count, skipped, type Check } from './check';
import type { CheckedTree } from './checked-tree';

/** Layer 3: the hardening rules, over the tree and over what was rendered. */
export function securityLayer({ assembly, problems, violations, images }: CheckedTree): Check {
  if (!assembly) {
    return violations.length > 0 || problems.length === 0
      ? checked('security', 'the hardening rules', violations)
      : skipped('security', 'the rules judge what was rendered: mend the schema layer first');
  }
  const names = images.map(({ node }) => node.id);
  const results = assembly.assessments
    .filter(({ subject }) => names.includes(subject.name))
    .flatMap(({ packs }) => packs.flatMap((pack) => pack.results));
  const rules = new Set(results.map(({ rule }) => rule.id)).size;
  const warnings = results.filter(({ status }) => status === 'warned').length;
  return checked(
    'security',
    `${count(rules, 'rule')} over ${count(names.length, 'image')}, ${count(warnings, 'warning')}`,
  );
}
