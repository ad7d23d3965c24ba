import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderRules } from '../../../scripts/rules';
import { HARDENING_PACKS } from '../../../src';
import { PLAN_RULES } from '../../../src/publish/rules/check-plan';

const RULES = readFileSync(join(__dirname, '../../../docs/rules.md'), 'utf8');

describe('the document of the rules', () => {
  it('is as the rules have it (npx projen rules)', () => {
    expect(renderRules()).toBe(RULES);
  });

  it('has a section for each rule', () => {
    const ids = [...HARDENING_PACKS, { rules: PLAN_RULES }].flatMap(({ rules }) => rules.map(({ id }) => id)).sort();
    expect([...RULES.matchAll(/^### (\S+)$/gm)].map(([, id]) => id).sort()).toEqual(ids);
  });
});
