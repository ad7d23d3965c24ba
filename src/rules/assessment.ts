import { byCodePoint } from '../catalog';
import { flatMap } from '../config/flat-map';
import type { Problem } from '../errors';
import type { ImageConstruct } from '../image';
import { evaluateRules, type RuleResult } from './evaluate';
import { FoldedSubject } from './folded-subject';
import { HARDENING_PACKS } from './hardening-rules';
import type { OwnTexts } from './parsed-texts';
import type { Finding, Rule, RulePack } from './rule';
import type { RuleSubject } from './rule-subject';
import { Rules } from './rules';

/** An image and what the rules say of it. */
export interface Assessment {
  readonly subject: RuleSubject;
  /** By pack, and by id within it. */
  readonly packs: ReadonlyArray<{ readonly pack: RulePack; readonly results: readonly RuleResult[] }>;
}

/**
 * Judges an image by the rules of this package, which nothing takes out, and by those that people added above it.
 *
 * @param image the tree that the subject was rendered from, for rules over the tree and rules of one's own
 */
export function assess(subject: RuleSubject, image?: ImageConstruct): Assessment {
  return judge(subject, image);
}

/**
 * The same of a subject that a synthesis has made, and that holds nothing but texts and plain facts.
 *
 * @param texts those of the image that are not those of others, as far as is known
 */
export function assessRendered(subject: RuleSubject, image: ImageConstruct, texts: OwnTexts): Assessment {
  return judge(subject, image, texts);
}

function judge(subject: RuleSubject, image: ImageConstruct | undefined, texts?: OwnTexts): Assessment {
  const evaluate = (packs: readonly RulePack[], seen: RuleSubject, own?: OwnTexts): Assessment['packs'] =>
    packs.map((pack) => ({ pack, results: evaluateRules(pack.rules, seen, image, own) }));
  const shipped = evaluate(HARDENING_PACKS, new FoldedSubject(subject), texts);
  return { subject, packs: [...shipped, ...evaluate(image ? Rules.around(image) : [], subject)] };
}

/** The violations of an image as problems, by the id of the rule. */
export function violationsOf({ subject, packs }: Assessment): Problem[] {
  const violated = flatMap(packs, ({ results }) => results.filter(({ status }) => status === 'violated'));
  return violated
    .sort((a, b) => byCodePoint(a.rule.id, b.rule.id))
    .flatMap(({ rule, findings }) => findings.map((finding) => toProblem(subject, rule, finding)));
}

/** Rules of people whose ids are taken: two rules of one id could not be told apart in a report. */
export function findTakenIds(image: ImageConstruct): Problem[] {
  const own = flatMap(Rules.around(image), ({ name, rules }) => rules.map(({ id }) => ({ id, name })));
  const shipped = flatMap(HARDENING_PACKS, ({ name, rules }) => rules.map(({ id }) => ({ id, name })));
  return own
    .map((rule, index) => ({ rule, other: [...shipped, ...own.slice(0, index)].find(({ id }) => id === rule.id) }))
    .filter(({ other }) => other !== undefined)
    .map(({ rule, other }) => ({
      where: image.node.path,
      what: `the rule ${rule.id} of the pack ${rule.name} has the id of a rule of the pack ${other!.name}`,
      next: 'give it another id',
    }));
}

function toProblem(subject: RuleSubject, rule: Rule, { file, what, next }: Finding): Problem {
  return {
    where: subject.facts.path,
    what: `${rule.id} ${file ? `${subject.name}/${file}: ` : ''}${what}`,
    why: rule.why,
    next: next ?? rule.next,
  };
}
