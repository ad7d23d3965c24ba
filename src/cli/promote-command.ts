import { DockerfileGeneratorError } from '../errors';
import { readProjectSettings } from './project-settings';
import { withProgress } from './publish-command';
import { credentialsOf, environmentOf, type PublishCommandOptions } from './publish-options';
import { findEnvironment } from '../publish/environment';
import { renderPlan, renderPlanJson } from '../publish/plan/render-plan';
import { planPromotion, promote, type PromoteOptions } from '../publish/promote';

/** Options of `promote`. */
export interface PromoteCommandOptions extends PublishCommandOptions {
  readonly from?: string;
  readonly to: string;
}

/** `dockerfile-generator promote`: copies images from one environment to another; gives the exit status. */
export async function promoteCommand(options: PromoteCommandOptions): Promise<number> {
  const settings = readProjectSettings();
  const from = options.from ?? findEnvironment(options.to, settings.environments).promoteFrom;
  if (from === undefined) {
    const next = 'give --from NAME, or set promoteFrom in the environment';
    throw new DockerfileGeneratorError('VALIDATION_ERROR', [
      { where: '--from', what: `it is not said what ${options.to} is promoted from`, next },
    ]);
  }
  // Of the environments alone: a registry on the command line could be meant for either.
  const plain = { ...options, registry: undefined };
  const all: PromoteOptions = {
    output: options.output,
    state: options.state,
    names: options.names?.length ? options.names : undefined,
    php: options.php,
    platform: options.platform,
    tag: options.tag,
    from: environmentOf({ ...plain, environment: from }, settings),
    to: environmentOf({ ...plain, environment: options.to }, settings),
    credentials: credentialsOf(options, (text) => process.stderr.write(text)),
  };
  if (options.dryRun) {
    const plan = await planPromotion(all);
    process.stdout.write(options.json ? renderPlanJson(plan) : renderPlan(plan));
    return 0;
  }
  return withProgress(options, async (listener, signal) => ({
    receipt: await promote({ ...all, listener, signal }),
    status: 0,
  }));
}
