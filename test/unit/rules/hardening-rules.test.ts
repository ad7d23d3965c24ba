import { CASES } from './cases';
import { refusals, soundImage } from './support';
import { DockerfileGeneratorError, HARDENING_PACKS, Testing } from '../../../src';

const RULES = HARDENING_PACKS.flatMap(({ rules }) => rules);

describe('the hardening rules', () => {
  it('let a sound image pass', () => {
    // GIVEN
    const app = Testing.app();
    soundImage(app);
    // THEN
    expect(Testing.problems(app)).toEqual([]);
  });

  it('have ids of their own', () => {
    const ids = RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s says all that a person needs', (_, rule) => {
    expect(rule.id).toMatch(/^[A-Z]{2,3}-\d{3}$/);
    expect(rule.sources.length).toBeGreaterThan(0);
    for (const text of [rule.statement, rule.why, rule.next, rule.fix ?? 'none']) {
      expect(text).toMatch(/^\S.*[^.\s]$/s);
    }
  });

  it.each(RULES.filter(({ level }) => level !== 'warning').map(({ id }) => id))(
    '%s is shown to refuse a tree',
    (id) => {
      expect(CASES.filter(({ rule }) => rule === id)).not.toEqual([]);
    },
  );

  it.each(CASES.map((one) => [one.rule, one.by, one.story, one] as const))(
    '%s, by %s: refuses that %s',
    (...[, , , one]) => {
      // WHEN
      const problems = refusals(one);
      // THEN
      expect(problems.map(({ what }) => what).join('\n')).toContain(one.says);
      for (const problem of problems) {
        expect(problem.where).toBe('shop');
        expect(problem.why).toBeTruthy();
        expect(problem.next).toBeTruthy();
      }
    },
  );

  it('fail a synthesis with SECURITY_ERROR', () => {
    // GIVEN
    const app = Testing.app();
    CASES.find(({ by }) => by === 'raw text')!.build(app);
    // THEN
    expect(() => Testing.synth(app)).toThrow(DockerfileGeneratorError);
    expect(() => Testing.synth(app)).toThrow(/^SECURITY_ERROR/);
  });
});
