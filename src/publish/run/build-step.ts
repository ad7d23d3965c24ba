import { join } from 'node:path';
import { imageAt, wantedOf, type PublishContext } from './publish-context';
import { attachSbom } from '../build/attach-sbom';
import type { Annotations, BuildPlaces } from '../build/build-arguments';
import { Layout } from '../oci/layout';
import { keyOf } from '../plan/facts';
import type { BuildStep, LoadStep } from '../plan/step';
import { imageOf } from '../state/journal';

/** Builds an image into a layout that is kept until it is in every registry. */
export async function runBuild(step: BuildStep, context: PublishContext): Promise<string> {
  const { journal, builder, signal, listener } = context;
  const key = keyOf(step.image, step.architecture);
  journal.write(key, { identity: step.identity, begun: step.created });
  const layout = journal.newLayoutPath(key);
  const onLine = (line: string): void => listener({ type: 'line', step, line });
  const result = await withApplication(step, context, (inputs) => {
    const places = { context: join(context.output, step.context), layout, ...inputs };
    return builder.build(step, places, annotationsOf(step, context), { signal, onLine });
  });
  const missing = [...result.missing];
  if (!result.sbom) {
    missing.push(...(await attachOwnSbom(step, layout, context)));
  }
  const kept = journal.keepLayout(key);
  journal.write(key, { identity: step.identity, image: imageOf(kept), attestations: missing });
  context.images.set(key, journal.find(key, context.policy)!);
  context.built.add(key);
  return kept.image.digest;
}

/** Gives a build the application that was hashed, and the credentials by which Composer gets its packages. */
function withApplication<T>(
  { image }: BuildStep,
  { applications, composerSecrets = [] }: PublishContext,
  build: (inputs: Pick<BuildPlaces, 'application' | 'secrets'>) => Promise<T>,
): Promise<T> {
  const secrets = applications?.runsComposer(image) ? composerSecrets : [];
  return applications
    ? applications.withCopy(image, (application) => build({ application, secrets }))
    : build({ secrets });
}

/** Puts an image into the engine of this machine. */
export async function runLoad(step: LoadStep, context: PublishContext): Promise<string> {
  const { layout } = imageAt(context, keyOf(step.image, step.architecture));
  await context.engine.load(Layout.open(layout!)!, step.reference);
  return step.reference;
}

/** A list of packages by the scanner, where the builder could not make one; says what is missing still. */
async function attachOwnSbom(step: BuildStep, directory: string, context: PublishContext): Promise<string[]> {
  const { scanner, environment, signal, scan } = context;
  if (scanner?.sbom === undefined) {
    return [scanner ? `SBOM: ${scanner.name} makes none` : 'SBOM: this environment has no scanner to make one'];
  }
  try {
    const target = { reference: step.id, platform: step.platform, layout: directory, insecure: false };
    const spdx = await scanner.sbom(target, { environment, signal, timeout: (scan?.timeout ?? 600) * 1000 });
    attachSbom(Layout.open(directory)!, spdx);
    return [];
  } catch (error) {
    signal?.throwIfAborted();
    return [`SBOM of ${scanner.name}: ${(error as Error).message}`];
  }
}

function annotationsOf(step: BuildStep, context: PublishContext): Annotations {
  const { image } = wantedOf(context, step);
  const { base } = image.architectures[step.architecture]!;
  return {
    'org.opencontainers.image.title': step.image,
    'org.opencontainers.image.base.name': base.reference,
    'org.opencontainers.image.base.digest': base.digest,
  };
}
