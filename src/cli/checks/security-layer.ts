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
  const judged = names.flatMap((name) => assembly.judgements.get(name) ?? []);
  const rules = Math.max(0, ...judged.map((one) => one.rules));
  const warnings = judged.reduce((sum, one) => sum + one.warnings, 0);
  return checked(
    'security',
    `${count(rules, 'rule')} over ${count(names.length, 'image')}, ${count(warnings, 'warning')}`,
  );
}
