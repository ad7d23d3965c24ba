import type { Rule, RulePack } from '../rules';

/** A rule, once, however many images it was asked of. */
export interface IndexedRule {
  /** The id; of two rules of one id, which two images may have, the second is `X-001~2`. */
  readonly key: string;
  /** Name of the pack. */
  readonly pack: string;
  readonly rule: Rule;
}

/** The rules of a report, each once, in the order in which images name them. */
export class RuleIndex {
  private readonly rules: IndexedRule[] = [];
  /** GRANT is what SARIF calls a grant that no rule answers for. */
  private readonly keys = new Set<string>(['GRANT']);
  private readonly byText = new Map<string, number>();
  private readonly byRule = new Map<Rule, Map<string, number>>();

  get all(): readonly IndexedRule[] {
    return this.rules;
  }

  /** Place of a rule in the list. */
  indexOf({ name }: RulePack, rule: Rule): number {
    const known = this.byRule.get(rule)?.get(name);
    if (known !== undefined) {
      return known;
    }
    const index = this.find(name, rule);
    this.byRule.set(rule, (this.byRule.get(rule) ?? new Map<string, number>()).set(name, index));
    return index;
  }

  /** Rules that are made for each image anew are one rule if they say the same. */
  private find(pack: string, rule: Rule): number {
    const text = JSON.stringify([pack, rule]);
    const known = this.byText.get(text);
    if (known !== undefined) {
      return known;
    }
    this.rules.push({ key: this.freeKey(rule.id), pack, rule });
    this.byText.set(text, this.rules.length - 1);
    return this.rules.length - 1;
  }

  private freeKey(id: string): string {
    let key = id;
    for (let number = 2; this.keys.has(key); number++) {
      key = `${id}~${number}`;
    }
    this.keys.add(key);
    return key;
  }
}
