import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import type { ImageApplications } from '../verify/image-application';
import type { Builder } from './build/builder';
import { Layout } from './oci/layout';
import { keyOf, type Facts, type FoundArchitecture } from './plan/facts';
import { makePlan } from './plan/make-plan';
import type { PlanOptions } from './plan/options';
import type { Plan } from './plan/plan';
import type { BuildStep } from './plan/step';
import type { Listener } from './progress/event';
import type { WantedImage } from './wanted';

/** How images are compared. */
export interface RefreshOptions {
  /** What synth wrote. */
  readonly output: string;
  readonly builder: Builder;
  readonly applications: ImageApplications;
  readonly composerSecrets: readonly string[];
  readonly listener?: Listener;
  readonly signal?: AbortSignal;
}

/** A plan in which what a package has moved of is built again, whatever its age, and nothing else that is there. */
export async function planRefresh(
  wanted: readonly WantedImage[],
  facts: Facts,
  plan: PlanOptions,
  options: RefreshOptions,
): Promise<Plan> {
  const used = makePlan(wanted, facts, { ...plan, moved: new Set() });
  const rebuilt = makePlan(wanted, facts, { ...plan, rebuild: true });
  return makePlan(wanted, facts, { ...plan, moved: await findMoved(used, rebuilt, options) });
}

/**
 * Keys of the images that would be used as they are, and of which a package has moved. Each is built once more, from
 * the archives of today, as if at the time at which it was built first: other layers mean that something has moved. One
 * that cannot be built is said to have moved, so that the publish tells why.
 */
async function findMoved(used: Plan, rebuilt: Plan, options: RefreshOptions): Promise<ReadonlySet<string>> {
  const moved = new Set<string>();
  for (const step of rebuilt.steps.filter((item): item is BuildStep => item.kind === 'build')) {
    const key = keyOf(step.image, step.architecture);
    const found = used.found[key];
    if (found === undefined) {
      continue;
    }
    const isSame = await isUnchanged(step, found, options);
    options.listener?.({ type: 'note', message: `${key}: ${isSame ? 'nothing' : 'a package'} has moved` });
    if (!isSame) {
      moved.add(key);
    }
  }
  return moved;
}

async function isUnchanged(step: BuildStep, found: FoundArchitecture, options: RefreshOptions): Promise<boolean> {
  const { output, builder, applications, composerSecrets, signal } = options;
  const epoch = Math.floor(Date.parse(found.created) / 1000);
  if (found.layers === undefined || Number.isNaN(epoch)) {
    return false;
  }
  const directory = mkdtempSync(join(tmpdir(), 'compared-'));
  const again: BuildStep = { ...step, created: found.created, buildArguments: { SOURCE_DATE_EPOCH: String(epoch) } };
  const secrets = applications.runsComposer(step.image) ? composerSecrets : [];
  try {
    await applications.withCopy(step.image, (application) =>
      builder.build(
        again,
        { context: join(output, step.context), layout: directory, application, secrets },
        {},
        { signal },
      ),
    );
    return isDeepStrictEqual(Layout.open(directory)?.settings.rootfs?.diff_ids, found.layers);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof DockerfileGeneratorError) {
      return false;
    }
    throw error;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
