import { join } from 'node:path';
import { holderOf, imageAt, wantedOf, type PublishContext } from './publish-context';
import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';
import { verifyImage } from '../../verify/verify-image';
import { Layout } from '../oci/layout';
import type { ImageManifest, ImageSettings } from '../oci/types';
import { keyOf, type FoundArchitecture } from '../plan/facts';
import type { VerifyStep } from '../plan/step';
import type { Verification } from '../state/journal';
import { inspectImage } from '../verification/inspect-image';

/** Verifies an image: it runs and is checked where this machine can run it, else it is looked at. */
export async function runVerify(step: VerifyStep, context: PublishContext): Promise<string> {
  const key = keyOf(step.image, step.architecture);
  const found = imageAt(context, key);
  const { image, architectures } = wantedOf(context, step);
  const { identity } = architectures.find(({ architecture }) => architecture === step.architecture)!;
  const expected = { image, architecture: step.architecture, identity };
  const inspected = inspectImage(key, await settingsOf(key, found, context), expected);
  const reason = await whyNotRun(step, context);
  const passed =
    reason === undefined ? await runChecks(step, found, context) : `${inspected}; it was not run: ${reason}`;
  const mode = reason === undefined ? 'run' : 'inspect';
  const verification: Verification = { digest: found.digest, mode, detail: passed };
  context.journal.update(key, { verification });
  context.images.set(key, { ...found, verified: true });
  return passed;
}

async function whyNotRun({ mode, architecture }: VerifyStep, { engine }: PublishContext): Promise<string | undefined> {
  if (mode === 'inspect') {
    return 'this environment only inspects';
  }
  const own = await engine.architecture();
  if (own === undefined) {
    return 'no engine answers';
  }
  return own === architecture ? undefined : `the engine runs ${own}; under emulation its bounds of time say nothing`;
}

async function runChecks(step: VerifyStep, found: FoundArchitecture, context: PublishContext): Promise<string> {
  const { image } = wantedOf(context, step);
  const { platform } = image.architectures[step.architecture]!;
  const reference = `projen-nginx-php-publish/${step.image}:${found.digest.slice('sha256:'.length, 19)}`;
  const key = keyOf(step.image, step.architecture);
  const pulled = found.layout === undefined ? `${holderOf(context, key).id}@${found.digest}` : undefined;
  if (pulled === undefined) {
    await context.engine.load(Layout.open(found.layout!)!, reference);
  } else {
    await context.engine.pull(pulled, platform);
  }
  try {
    const seccomp = join(context.output, step.image, 'seccomp.json');
    const listed = context.seccomp(step.image);
    const report = await verifyImage({
      image: pulled ?? reference,
      manifest: image,
      platform,
      securityOptions: listed ? [`seccomp=${seccomp}`] : [],
      onResult: ({ id, passed }) => context.listener({ type: 'line', step, line: `${passed ? 'ok' : 'FAILED'} ${id}` }),
    });
    const failed = report.checks.filter(({ passed }) => !passed);
    if (failed.length > 0) {
      throw new DockerfileGeneratorError(
        'VALIDATION_ERROR',
        failed.map(({ id, expectation, seen }) => ({
          where: `${step.image}/${step.architecture} ${id}`,
          what: `expected: ${expectation}`,
          why: `seen: ${seen}`,
          next: `look closer: dockerfile-generator test:local ${step.image} --arch ${step.architecture}`,
        })),
      );
    }
    return `${report.checks.length} checks`;
  } finally {
    await context.engine.remove(pulled ?? reference);
  }
}

async function settingsOf(key: string, found: FoundArchitecture, context: PublishContext): Promise<ImageSettings> {
  const layout = found.layout === undefined ? undefined : Layout.open(found.layout);
  if (layout) {
    return layout.settings;
  }
  const { registry: host, repository } = holderOf(context, key);
  const registry = context.registry(host);
  const stored = await registry.getManifest(repository, found.digest);
  if (stored === undefined) {
    throw new Error(`${key}: ${repository}@${found.digest} is not there any more`);
  }
  const { config } = JSON.parse(stored.bytes.toString('utf8')) as ImageManifest;
  return JSON.parse((await registry.getBlob(repository, config.digest)).toString('utf8')) as ImageSettings;
}
