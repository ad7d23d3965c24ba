import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule, RulePack } from '../src';

/**
 * Lets the rules of this package be switched off, for one process alone: the product has no such switch. Each check is
 * wrapped while the packs are loaded one by one; what loads the whole of `src` afterwards freezes the wrapped ones.
 */
export class RuleSwitches {
  /** Wraps the rules. To be called before anything else of `src` is loaded. */
  static install(): RuleSwitches {
    const rooms = join(__dirname, '../src/rules');
    const switches = new RuleSwitches();
    readdirSync(rooms, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'parse')
      .map(({ name }) => load(join(rooms, name)))
      .flatMap((exports) => Object.values(exports).filter(isPack))
      .forEach(({ rules }) => rules.forEach((rule) => switches.wrap(rule)));
    return switches;
  }

  private readonly wrapped = new Set<string>();
  private off: string | undefined;

  private constructor() {}

  /** Runs something with a rule switched off. */
  without<T>(id: string, run: () => T): T {
    if (!this.wrapped.has(id)) {
      throw new Error(`there is no rule ${id} to switch off`);
    }
    this.off = id;
    try {
      return run();
    } finally {
      this.off = undefined;
    }
  }

  private wrap(rule: Rule): void {
    if (Object.isFrozen(rule)) {
      throw new Error(`${rule.id} is frozen already: install the switches before anything else of src is loaded`);
    }
    this.wrapped.add(rule.id);
    const unlessOff =
      <T>(check: (given: T) => ReturnType<Extract<Rule, { check: unknown }>['check']>) =>
      (given: T) =>
        this.off === rule.id ? [] : check(given);
    Object.assign(rule, 'check' in rule ? { check: unlessOff(rule.check) } : { checkTree: unlessOff(rule.checkTree) });
  }
}

function load(path: string): Readonly<Record<string, unknown>> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the order of loading is what this is about
  return require(path) as Readonly<Record<string, unknown>>;
}

function isPack(value: unknown): value is RulePack {
  return typeof value === 'object' && value !== null && 'rules' in value && Array.isArray(value.rules);
}
