import type { IConstruct } from 'constructs';
import type { RulePack } from './rule';
import { flatMap } from '../config/flat-map';

const RULES = Symbol.for('projen-nginx-php.Rules');

/** The rules that people add to those that every image has to keep. */
export class Rules {
  /** The rules of a construct; they hold for every image at and below it. */
  static of(scope: IConstruct): Rules {
    const known = (scope as { [RULES]?: Rules })[RULES];
    if (known) {
      return known;
    }
    const rules = new Rules();
    Object.defineProperty(scope, RULES, { value: rules });
    return rules;
  }

  /** The packs that hold for a construct: its own, and those of everything above it. */
  static around(construct: IConstruct): readonly RulePack[] {
    return [...new Set(flatMap(construct.node.scopes, (scope) => (scope as { [RULES]?: Rules })[RULES]?.packs ?? []))];
  }

  private readonly added: RulePack[] = [];

  private constructor() {}

  /** The packs that were added here. */
  get packs(): readonly RulePack[] {
    return this.added;
  }

  /** Adds a pack; the rules that ship with this package hold beside it. */
  add(pack: RulePack): void {
    this.added.push(pack);
  }
}
