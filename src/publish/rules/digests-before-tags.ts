import type { PlanFinding, PlanRule } from './plan-rule';
import type { Plan } from '../plan/plan';
import type { Step, StepKind, TagStep } from '../plan/step';

/** SC-004 */
export const digestsBeforeTags: PlanRule = {
  id: 'SC-004',
  severity: 'HIGH',
  kind: 'invariant',
  statement: 'signatures and scans are of digests, and a tag moves after everything else of its image',
  why: 'a tag can be moved between two looks at it: what was checked would not be what people pull',
  next: 'let the plan be made by makePlan: build, verify, push by digest, scan, list, sign, check, tag',
  fix: 'makePlan lets each tag wait for all of it',
  sources: ['CIS-Docker-4.12', 'cosign docs', 'CIS-Docker-4.5 (superseded)'],
  checkPlan: (plan) => [
    ...plan.steps.flatMap((step) =>
      (step.kind === 'sign' || step.kind === 'check-signature' || step.kind === 'scan') && step.by !== 'digest'
        ? [{ where: step.id, what: 'it does not act on a digest' }]
        : [],
    ),
    ...plan.steps.flatMap((step) => (step.kind === 'tag' ? tagFindings(step, plan) : [])),
  ],
};

/** Kinds of steps that a tag waits for, of its image; those in a registry only of its own. */
const BEFORE: readonly StepKind[] = ['build', 'verify', 'push', 'scan', 'list', 'sign', 'check-signature'];

function tagFindings(tag: TagStep, { steps, gates }: Plan): PlanFinding[] {
  const waited = before(tag, steps);
  const own = steps.filter(
    (step) =>
      step.image === tag.image &&
      BEFORE.includes(step.kind) &&
      (!('destination' in step) || step.destination === tag.destination),
  );
  const kinds = new Set(own.map(({ kind }) => kind));
  return [
    ...own
      .filter(({ id }) => !waited.has(id))
      .map(({ id }) => ({ where: tag.id, what: `it does not wait for: ${id}` })),
    ...(gates.sign && kinds.has('sign') && !kinds.has('check-signature')
      ? [{ where: tag.id, what: 'the signature is not verified before it' }]
      : []),
  ];
}

/** Ids of all the steps that have to succeed before a step. */
function before(step: Step, steps: readonly Step[]): Set<string> {
  const byId = new Map(steps.map((item) => [item.id, item]));
  const found = new Set<string>();
  const queue = [...step.needs];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (!found.has(id)) {
      found.add(id);
      queue.push(...(byId.get(id)?.needs ?? []));
    }
  }
  return found;
}
