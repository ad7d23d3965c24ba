import type { Plan } from './plan';
import type { Step } from './step';

/** A plan as lines for people. */
export function renderPlan(plan: Plan): string {
  const width = Math.max(0, ...plan.steps.map((step) => describeStep(step).length));
  const lines = plan.steps.map((step) => `  ${describeStep(step).padEnd(width)}  ${step.reason}`.trimEnd());
  const down = plan.unreachable.map(({ destination, problem }) => `  unreachable: ${destination}: ${problem.what}`);
  const notes = plan.notes.map((note) => `  note: ${note}`);
  const head =
    plan.steps.length === 0 ? 'nothing to do' : `${plan.steps.length} ${plan.steps.length === 1 ? 'step' : 'steps'}`;
  return [`${plan.environment}: ${head}`, ...lines, ...down, ...notes, ''].join('\n');
}

/** A plan as JSON: all of it. */
export function renderPlanJson(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/** A step in a few words. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'list':
      return `list ${step.image} (${[...step.architectures, ...step.keeps].join(', ')}) ${step.destination}`;
    case 'load':
      return `load ${step.image}/${step.architecture} as ${step.reference}`;
    case 'verify':
      return `verify ${step.image}/${step.architecture} (${step.mode})`;
    default:
      return step.id;
  }
}
