import type { ScanSettings } from '../../../../src/publish/environment';
import { makePlan } from '../../../../src/publish/plan/make-plan';
import type { Plan } from '../../../../src/publish/plan/plan';
import type { Step } from '../../../../src/publish/plan/step';
import { checkPlan, PLAN_RULES } from '../../../../src/publish/rules/check-plan';
import { factsOf, OPTIONS, repositoryOf, wantedOf } from '../support';

const SCAN: ScanSettings = {
  scanner: 'trivy',
  severity: 'HIGH',
  fixableOnly: false,
  ignore: [],
  maxDatabaseAge: 48,
  timeout: 600,
};

const SIGN = { key: 'cosign.key', publicKey: 'cosign.pub', transparencyLog: false };

/** A plan for a registry beyond this machine, with every gate. */
function planOf(gates: Partial<Plan['gates']> = {}): Plan {
  const environment = { registries: [{ registry: 'registry.example.com' }], repository: '{name}', tags: ['{tag}'] };
  const facts = factsOf({ 'registry.example.com/web': repositoryOf([]) });
  return makePlan(wantedOf({ environment }), facts, {
    ...OPTIONS,
    gates: { verify: 'run', scan: SCAN, sign: SIGN, ...gates },
  });
}

function broken(plan: Plan): string[] {
  return PLAN_RULES.flatMap((rule) => (rule.checkPlan(plan).length > 0 ? [rule.id] : []));
}

function change<K extends Step['kind']>(kind: K, patch: object): Plan {
  const plan = planOf();
  return { ...plan, steps: plan.steps.map((step) => (step.kind === kind ? ({ ...step, ...patch } as Step) : step)) };
}

test('what makePlan makes keeps every rule', () => {
  expect(broken(planOf())).toEqual([]);
  expect(() => checkPlan(planOf())).not.toThrow();
});

test.each<readonly [string, string, Plan]>([
  ['SC-003', 'provenance is not full', change('build', { provenance: 'min' })],
  ['SC-003', 'no SBOM is asked for', change('build', { sbom: false })],
  ['SC-003', 'a build argument is secret', change('build', { buildArguments: { NPM_TOKEN: 'x' } })],
  ['SC-004', 'something is signed by its tag', change('sign', { by: 'tag' })],
  ['SC-004', 'something is scanned by its tag', change('scan', { by: 'tag' })],
  ['SC-004', 'a tag waits for nothing', change('tag', { needs: [] })],
  [
    'SC-004',
    'a signature is not verified',
    { ...planOf(), steps: planOf().steps.filter(({ kind }) => kind !== 'check-signature') },
  ],
  ['SC-005', 'no scanner is asked', planOf({ scan: undefined })],
  ['SC-005', 'HIGH passes', planOf({ scan: { ...SCAN, severity: 'CRITICAL' } })],
  [
    'SC-005',
    'one architecture is not scanned',
    { ...planOf(), steps: planOf().steps.filter(({ id }) => id !== 'scan web/arm64') },
  ],
  [
    'SC-006',
    'a password stands in a reference',
    change('build', { buildContexts: ['base=https://me:secret@example.com/x'] }),
  ],
])('%s: %s', (id, _, plan) => {
  expect(broken(plan)).toContain(id);
  expect(() => checkPlan(plan)).toThrow(id);
});

test('a registry of this machine needs no scanner', () => {
  const facts = factsOf({ '127.0.0.1:5000/shop/web': repositoryOf([]) });
  expect(broken(makePlan(wantedOf(), facts, OPTIONS))).toEqual([]);
});

test('a rule that throws is a violation', () => {
  const rule = {
    ...PLAN_RULES[0]!,
    checkPlan: () => {
      throw new Error('no');
    },
  };
  expect(() => checkPlan(planOf(), [rule])).toThrow('the rule could not be checked: no');
});

test('every rule says why, what to do, and who asks for it', () => {
  for (const { id, statement, why, next, sources } of PLAN_RULES) {
    expect(id).toMatch(/^SC-00[3-6]$/);
    [statement, why, next].forEach((text) => expect(text.length).toBeGreaterThan(20));
    expect(sources.length).toBeGreaterThan(0);
  }
});
