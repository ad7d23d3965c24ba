import { executeStep, resourceOf } from './execute-step';
import { makeReceipt } from './make-receipt';
import { runSteps, type StepResult } from './run-steps';
import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import type { Problem } from '../../errors/problem';
import type { Manifest } from '../../synth/manifest';
import { withoutRoom } from '../build/docker-problem';
import { checkContext } from '../check-context';
import { keyOf } from '../plan/facts';
import type { Expected } from '../progress/event';
import { checkPlan } from '../rules/check-plan';
import type { Session } from '../session';
import type { PublishContext } from './publish-context';
import type { Journal } from '../state/journal';
import type { Receipt } from '../state/receipt';

/** How a plan is run. */
export interface RunPlanOptions {
  readonly session: Session;
  readonly started: Date;
  readonly manifest: Manifest;
  /** Steps at the same time on this machine; @default 1 */
  readonly jobs?: number;
}

/** File of the last receipt, in the directory of what is remembered. */
export const RECEIPT_FILE = 'receipt.json';

const DURATIONS_FILE = 'durations.json';

/**
 * Checks a plan, runs it, and writes the receipt.
 *
 * @throws DockerfileGeneratorError of the type of the first failure, with all of them
 */
export async function runPlan(context: PublishContext, options: RunPlanOptions): Promise<Receipt> {
  const { plan, journal, signal } = context;
  checkPlan(plan);
  checkContexts(context, options.manifest);
  const builds = plan.steps.flatMap((step) => (step.kind === 'build' ? [step.builder] : []));
  if (builds.length > 0) {
    await context.builder.assertReady(builds);
  }
  const expected = journal.readFile<Expected>(DURATIONS_FILE) ?? {};
  context.listener({ type: 'plan', plan, expected });
  const results = await runSteps(plan.steps, {
    execute: (step) => executeStep(step, context),
    resource: (step) => resourceOf(step, context, options.jobs ?? 1),
    listener: context.listener,
    signal,
  });
  dropLayouts(context, results);
  const receipt = options.session.redactor.value(makeReceipt(context, results, options.started));
  context.listener({ type: 'receipt', receipt });
  try {
    writeDurations(journal, expected, results);
    journal.writeFile(RECEIPT_FILE, `${JSON.stringify(receipt, null, 2)}\n`);
  } catch (error) {
    // What failed before is what has to be mended first.
    assertComplete(receipt);
    throw withoutRoom(error);
  }
  signal?.throwIfAborted();
  assertComplete(receipt);
  return receipt;
}

/** Every context that is to be built, before the first one is. */
function checkContexts({ plan, output }: PublishContext, manifest: Manifest): void {
  const problems = plan.steps.flatMap((step) =>
    step.kind === 'build' ? checkContext(output, manifest, step.context) : [],
  );
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
}

/** Layouts of images that are in every registry now are not needed any more. */
function dropLayouts({ plan, journal }: PublishContext, results: readonly StepResult[]): void {
  if (plan.unreachable.length > 0) {
    return;
  }
  const needed = results.flatMap(({ step, status }) =>
    'architecture' in step && (status !== 'done' || step.kind === 'load') ? [keyOf(step.image, step.architecture)] : [],
  );
  const made = results.flatMap(({ step }) => (step.kind === 'build' ? [keyOf(step.image, step.architecture)] : []));
  const unused = [...Object.keys(plan.found), ...made].filter((key) => !needed.includes(key));
  unused.forEach((key) => journal.dropLayout(key));
}

function assertComplete({ failures }: Receipt): void {
  const [first] = failures;
  if (first === undefined) {
    return;
  }
  const problems = failures.flatMap(({ where, problems: list }) =>
    list.map((problem): Problem =>
      problem.where.includes(where) ? problem : { ...problem, where: `${where}: ${problem.where}` },
    ),
  );
  throw new DockerfileGeneratorError(first.type, problems);
}

function writeDurations(journal: Journal, before: Expected, results: readonly StepResult[]): void {
  const done = results.filter(({ status }) => status === 'done').map(({ step, duration }) => [step.id, duration]);
  if (done.length > 0) {
    journal.writeFile(DURATIONS_FILE, `${JSON.stringify({ ...before, ...Object.fromEntries(done) }, null, 2)}\n`);
  }
}
