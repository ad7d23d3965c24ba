import type { RuleText } from '../../rules/rule';
import type { Plan } from '../plan/plan';

/** Something in a plan that breaks a rule. */
export interface PlanFinding {
  /** Step or destination. */
  readonly where: string;
  /** What is wrong, in one sentence without its full stop. */
  readonly what: string;
}

/** A demand on a publish, looked at before its first step. A pure function: what it throws counts as a violation. */
export interface PlanRule extends RuleText {
  readonly checkPlan: (plan: Plan) => readonly PlanFinding[];
}
