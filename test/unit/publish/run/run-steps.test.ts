import type { Step } from '../../../../src/publish/plan/step';
import type { PublishEvent } from '../../../../src/publish/progress/event';
import { runSteps, type StepResult } from '../../../../src/publish/run/run-steps';

/** A step that needs others. What kind it is does not matter to who runs it. */
function step(id: string, ...needs: string[]): Step {
  return { kind: 'tag', id, image: 'web', destination: 'here', tag: id, reason: '', needs };
}

async function run(
  steps: readonly Step[],
  execute: (step: Step) => Promise<string>,
  limit = 4,
): Promise<{ results: StepResult[]; events: PublishEvent[] }> {
  const events: PublishEvent[] = [];
  const resource = (): { name: string; limit: number } => ({ name: 'all', limit });
  return { results: await runSteps(steps, { execute, resource, listener: (event) => events.push(event) }), events };
}

test('what fails stops what needs it, however far down, and names itself; the rest is done', async () => {
  const steps = [step('a'), step('b', 'a'), step('c', 'b'), step('other')];
  const { results } = await run(steps, ({ id }) =>
    id === 'a' ? Promise.reject(new Error('no')) : Promise.resolve(''),
  );
  expect(results.map(({ step: { id }, status, detail }) => [id, status, detail])).toEqual([
    ['a', 'failed', 'no'],
    ['b', 'skipped', 'a'],
    ['c', 'skipped', 'a'],
    ['other', 'done', ''],
  ]);
});

test('a step begins when those that it needs are done, and no more run at the same time than may', async () => {
  // GIVEN
  let running = 0;
  let most = 0;
  const done: string[] = [];
  const steps = [step('a'), step('b'), step('c'), step('d', 'a', 'c')];
  // WHEN
  await run(
    steps,
    async ({ id, needs }) => {
      expect(done).toEqual(expect.arrayContaining([...needs]));
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      done.push(id);
      return '';
    },
    2,
  );
  // THEN
  expect([most, done.length]).toEqual([2, 4]);
});

test('what an earlier run has done is not waited for', async () => {
  const { results } = await run([step('tag', 'a push that is not in the plan')], () => Promise.resolve('moved'));
  expect(results).toMatchObject([{ status: 'done', detail: 'moved' }]);
});
