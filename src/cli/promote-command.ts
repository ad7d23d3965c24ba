import { DockerfileGeneratorError } from '../errors';
import { readProjectSettings } from './project-settings';
import { withProgress } from './publish-command';
import { credentialsOf, environmentOf, type PublishCommandOptions } from './publish-options';
import { print, printLines } from './terminal';
import { UsageError } from './usage-error';
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
  refuseMeaningless(options);
  const settings = readProjectSettings();
  const from = options.from ?? findEnvironment(options.to, settings.environments).promoteFrom;
  if (from === undefined) {
    const next = 'give --from NAME, or set promoteFrom in the environment';
    throw new DockerfileGeneratorError('VALIDATION_ERROR', [
      { where: '--from', what: `it is not said what ${options.to} is promoted from`, next },
    ]);
  }
  const all: PromoteOptions = {
    output: options.output,
    state: options.state,
    names: options.names?.length ? options.names : undefined,
    php: options.php,
    platform: options.platform,
    tag: options.tag,
    from: environmentOf({ ...options, environment: from }, settings),
    to: environmentOf({ ...options, environment: options.to }, settings),
    credentials: await credentialsOf(options),
  };
  if (options.dryRun) {
    const plan = await planPromotion(all);
    if (options.json) {
      print(renderPlanJson(plan));
    } else {
      printLines(renderPlan(plan));
    }
    return 0;
  }
  return withProgress(options, async (listener, signal) => {
    await promote({ ...all, listener, signal });
    return 0;
  });
}

/** Options that every command of publishing has, and that a promotion could not follow. */
function refuseMeaningless({ registry, arch = 'all' }: PromoteCommandOptions): void {
  const problems = [
    ...(registry
      ? [
          {
            where: '--registry',
            what: 'it could be meant for either environment',
            next: 'name the registries in package.json: dockerfile-generator.environments',
          },
        ]
      : []),
    ...(arch === 'all'
      ? []
      : [{ where: '--arch', what: 'a promotion copies lists, with all that is in them', next: 'take the option out' }]),
  ];
  if (problems.length > 0) {
    throw new UsageError(problems);
  }
}
