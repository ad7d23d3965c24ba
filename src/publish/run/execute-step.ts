import { runBuild, runLoad } from './build-step';
import { destinationOf, type PublishContext } from './publish-context';
import { runCheckSignature, runList, runPush, runSign, runTag } from './registry-steps';
import { runScan } from './scan-step';
import { runVerify } from './verify-step';
import type { Step } from '../plan/step';

/** Does one step; gives what came of it in a few words. */
export function executeStep(step: Step, context: PublishContext): Promise<string> {
  switch (step.kind) {
    case 'build':
      return runBuild(step, context);
    case 'load':
      return runLoad(step, context);
    case 'verify':
      return runVerify(step, context);
    case 'push':
      return runPush(step, context);
    case 'scan':
      return runScan(step, context);
    case 'list':
      return runList(step, context);
    case 'sign':
      return runSign(step, context);
    case 'check-signature':
      return runCheckSignature(step, context);
    case 'tag':
      return runTag(step, context);
  }
}

/** Requests to one registry at the same time. */
const PER_REGISTRY = 4;

/**
 * What a step keeps busy. What runs on this machine goes one after the other, since a verification measures time;
 * each further builder works beside it.
 */
export function resourceOf(
  step: Step,
  context: Pick<PublishContext, 'plan'>,
  jobs: number,
): { name: string; limit: number } {
  if ('destination' in step) {
    const { registry } = destinationOf(context as PublishContext, step.destination);
    return { name: `registry ${registry}`, limit: PER_REGISTRY };
  }
  if (step.kind === 'build' && step.builder) {
    return { name: `builder ${step.builder}`, limit: jobs };
  }
  return { name: 'this machine', limit: jobs };
}
