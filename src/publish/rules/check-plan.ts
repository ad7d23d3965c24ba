import { attestations } from './attestations';
import { digestsBeforeTags } from './digests-before-tags';
import { encryptedRegistries } from './encrypted-registries';
import type { PlanFinding, PlanRule } from './plan-rule';
import { scanGate } from './scan-gate';
import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import type { Plan } from '../plan/plan';

/** The rules that every plan has to keep. */
export const PLAN_RULES: readonly PlanRule[] = [attestations, digestsBeforeTags, scanGate, encryptedRegistries];

/**
 * Checks a plan before its first step.
 *
 * @throws DockerfileGeneratorError SECURITY_ERROR
 */
export function checkPlan(plan: Plan, rules: readonly PlanRule[] = PLAN_RULES): void {
  const problems = rules.flatMap((rule) =>
    look(rule, plan).map(({ where, what }) => ({
      where,
      what: `${rule.id}: ${what}`,
      why: rule.why,
      next: rule.next,
    })),
  );
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('SECURITY_ERROR', problems);
  }
}

/** A rule that cannot look has not seen that all is well. */
function look(rule: PlanRule, plan: Plan): readonly PlanFinding[] {
  try {
    return rule.checkPlan(plan);
  } catch (error) {
    return [{ where: 'plan', what: `the rule could not be checked: ${(error as Error).message}` }];
  }
}
