import {
  evaluateRules,
  RuleSubject,
  type Assessment,
  type Finding,
  type Grant,
  type Rule,
  type RulePack,
} from '../rules';

/** A finding that there would be if a grant had not been given. */
export interface HeldBack {
  readonly pack: RulePack;
  readonly rule: Rule;
  readonly finding: Finding;
}

/** What a grant holds back: the rules are asked again, as if it had not been given. */
export function findHeldBack({ subject, packs }: Assessment, grant: Grant): HeldBack[] {
  const grants = subject.facts.grants.filter((other) => other.subject !== grant.subject);
  const without = new RuleSubject(subject.name, { ...subject.facts, grants }, subject.files);
  return packs.flatMap(({ pack, results }) => {
    const bounded = results.map(({ rule }) => rule).filter((rule) => rule.kind === 'bounded' && 'check' in rule);
    const known = new Set(results.flatMap(({ rule, findings }) => findings.map((finding) => nameOf(rule, finding))));
    return evaluateRules(bounded, without).flatMap(({ rule, findings }) =>
      findings
        .filter((finding) => !known.has(nameOf(rule, finding)))
        .map((finding): HeldBack => ({ pack, rule, finding })),
    );
  });
}

function nameOf({ id }: Rule, { file, what }: Finding): string {
  return JSON.stringify([id, file, what]);
}
