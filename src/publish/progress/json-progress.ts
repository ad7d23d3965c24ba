import type { Listener } from './event';

/** One JSON object a line, for programs. */
export function jsonProgress(write: (text: string) => void, now: () => Date = () => new Date()): Listener {
  return (event) => {
    if (event.type === 'receipt') {
      return;
    }
    const time = now().toISOString();
    if (event.type === 'note') {
      write(`${JSON.stringify({ time, ...event })}\n`);
      return;
    }
    if (event.type === 'plan') {
      const steps = event.plan.steps.map(({ id }) => id);
      write(`${JSON.stringify({ time, type: 'plan', environment: event.plan.environment, steps })}\n`);
      return;
    }
    const { step, ...rest } = event;
    write(`${JSON.stringify({ time, ...rest, step: step.id })}\n`);
  };
}
