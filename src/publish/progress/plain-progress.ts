import { showDuration } from './duration';
import { reasonOf, type Listener } from './event';
import { describeStep } from '../plan/render-plan';

/** Plain lines, one for each thing that happens: for CI, and wherever there is no terminal. */
export function plainProgress(write: (text: string) => void): Listener {
  let left = 0;
  return (event) => {
    switch (event.type) {
      case 'plan': {
        left = event.plan.steps.length;
        const expected = event.plan.steps.map(({ id }) => event.expected[id]).filter((time) => time !== undefined);
        const guess =
          expected.length > 0 ? `, about ${showDuration(expected.reduce((a, b) => a + b, 0))} last time` : '';
        write(`${event.plan.environment}: ${left} steps${guess}\n`);
        return;
      }
      case 'begin':
        write(`begin   ${describeStep(event.step)} (${event.step.reason})\n`);
        return;
      case 'done':
        left -= 1;
        write(
          `done    ${describeStep(event.step)} in ${showDuration(event.duration)}: ${event.detail} (${left} left)\n`,
        );
        return;
      case 'failed':
        write(
          `FAILED  ${describeStep(event.step)} after ${showDuration(event.duration)}: ${event.problems[0]!.what}\n`,
        );
        return;
      case 'skipped':
        write(`skipped ${describeStep(event.step)}: ${reasonOf(event.because)}\n`);
        return;
      case 'note':
        write(`note    ${event.message}\n`);
        return;
      case 'line':
      case 'receipt':
        return;
    }
  };
}
