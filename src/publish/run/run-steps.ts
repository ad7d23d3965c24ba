import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import type { Problem } from '../../errors/problem';
import { withoutRoom } from '../build/docker-problem';
import type { Step } from '../plan/step';
import { STOPPED, type Listener } from '../progress/event';

/** How a step ended. */
export interface StepResult {
  readonly step: Step;
  readonly status: 'done' | 'failed' | 'skipped';
  /** Milliseconds. */
  readonly duration: number;
  /** What came of it, in a few words. */
  readonly detail: string;
  /** Of a step that failed. */
  readonly error?: unknown;
}

/** How steps are run. */
export interface RunStepsOptions {
  /** Does one step; gives what came of it in a few words. */
  readonly execute: (step: Step) => Promise<string>;
  /** What a step keeps busy, and how many steps may share it. */
  readonly resource: (step: Step) => { readonly name: string; readonly limit: number };
  readonly listener: Listener;
  readonly signal?: AbortSignal;
}

/** Runs steps, each when those that it needs are done. What fails stops what needs it, and nothing else. */
export async function runSteps(steps: readonly Step[], options: RunStepsOptions): Promise<StepResult[]> {
  const results = new Map<string, StepResult>();
  const waiting = new Set(steps);
  const busy = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const known = new Set(steps.map(({ id }) => id));

  const settle = (result: StepResult): void => {
    results.set(result.step.id, result);
  };

  for (;;) {
    for (const step of [...waiting]) {
      const needs = step.needs.filter((id) => known.has(id)).map((id) => results.get(id));
      const broken = needs.find((need) => need !== undefined && need.status !== 'done');
      if (broken || options.signal?.aborted) {
        waiting.delete(step);
        // What failed first, however far up.
        const because = broken === undefined ? STOPPED : broken.status === 'skipped' ? broken.detail : broken.step.id;
        options.listener({ type: 'skipped', step, because });
        settle({ step, status: 'skipped', duration: 0, detail: because });
        continue;
      }
      const { name, limit } = options.resource(step);
      if (needs.every((need) => need !== undefined) && (busy.get(name) ?? 0) < limit) {
        waiting.delete(step);
        busy.set(name, (busy.get(name) ?? 0) + 1);
        const work = runStep(step, options).then((result) => {
          settle(result);
          busy.set(name, busy.get(name)! - 1);
          running.delete(work);
        });
        running.add(work);
      }
    }
    if (running.size === 0 && waiting.size === 0) {
      return steps.map(({ id }) => results.get(id)!);
    }
    if (running.size > 0) {
      await Promise.race(running);
    }
  }
}

async function runStep(step: Step, { execute, listener }: RunStepsOptions): Promise<StepResult> {
  const begin = performance.now();
  const passed = (): number => Math.round(performance.now() - begin);
  listener({ type: 'begin', step });
  try {
    const detail = await execute(step);
    listener({ type: 'done', step, duration: passed(), detail });
    return { step, status: 'done', duration: passed(), detail };
  } catch (thrown) {
    const error = withoutRoom(thrown);
    const problems = problemsOf(error, step.id);
    listener({ type: 'failed', step, duration: passed(), problems });
    return { step, status: 'failed', duration: passed(), detail: problems[0]!.what, error };
  }
}

/** What an error says. */
export function problemsOf(error: unknown, where: string): readonly Problem[] {
  if (error instanceof DockerfileGeneratorError) {
    return error.details;
  }
  return [{ where, what: (error as Error).message, next: 'run the same command again: it goes on from here' }];
}
