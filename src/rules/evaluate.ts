import { byCodePoint } from '../catalog';
import { lookAsOwn, type OwnTexts } from './parsed-texts';
import type { Finding, Rule } from './rule';
import { onceFor } from '../config/once-for';
import type { ImageConstruct } from '../image';
import type { RuleSubject } from './rule-subject';

/** What became of one rule for one image. */
export interface RuleResult {
  readonly rule: Rule;
  /** `skipped`: a rule over the tree, where there is only an output. */
  readonly status: 'passed' | 'warned' | 'violated' | 'skipped';
  readonly findings: readonly Finding[];
}

/**
 * Judges an image by rules, in the order of their ids.
 *
 * @param image the tree that the subject was rendered from; without it rules over the tree are skipped
 * @param own texts of the image, where rules and subject are of this package through and through: nobody else sees what
 *   they read
 */
export function evaluateRules(
  rules: readonly Rule[],
  subject: RuleSubject,
  image?: ImageConstruct,
  own?: OwnTexts,
): readonly RuleResult[] {
  return (Object.isFrozen(rules) ? inOrderOnce : inOrder)(rules).map((rule) => {
    if (!('check' in rule) && !image) {
      return { rule, status: 'skipped', findings: [] };
    }
    const findings =
      own && 'check' in rule ? lookAsOwn(() => look(rule, subject), subject, own) : look(rule, subject, image);
    return { rule, status: statusOf(rule, findings), findings };
  });
}

function inOrder(rules: readonly Rule[]): readonly Rule[] {
  return [...rules].sort((a, b) => byCodePoint(a.id, b.id));
}

/** Packs of this package are the same for each image. */
const inOrderOnce = onceFor(inOrder);

/** A rule that throws has not seen that all is well. */
function look(rule: Rule, subject: RuleSubject, image?: ImageConstruct): readonly Finding[] {
  try {
    return 'check' in rule ? rule.check(subject) : rule.checkTree(image!);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      { what: `could not be checked: ${why}`, next: 'mend what keeps the rule from looking, or the rule itself' },
    ];
  }
}

function statusOf(rule: Rule, findings: readonly Finding[]): RuleResult['status'] {
  if (findings.length === 0) {
    return 'passed';
  }
  return rule.level === 'warning' && !findings.some(({ what }) => what.startsWith('could not be checked'))
    ? 'warned'
    : 'violated';
}
