import { join } from 'node:path';
import { DockerfileGeneratorError } from '../errors';
import { DockerEngine } from './docker-engine';
import type { Engine } from './engine';
import { applicationContext, composerSecrets, ImageApplications } from './image-application';
import { readManifest } from './read-manifest';
import type { VerifyReport } from './report';
import { selectImages, type ImageSelection, type SelectedImage } from './select-images';
import { verifyImage } from './verify-image';

/** What of an output is built and verified, and how. */
export interface VerifyOutputOptions extends Omit<ImageSelection, 'arch'> {
  /** What synth wrote. */
  readonly output: string;
  /** @default - that of this machine */
  readonly arch?: string;
  /** Reference of an image that is built already; @default - it is built from its context */
  readonly image?: string;
  /** Stages that are taken from elsewhere, `NAME=REFERENCE`. */
  readonly buildContext?: readonly string[];
  /** Network of the build; @default - that of the builder */
  readonly network?: string;
  /** Factor of every bound of time; @default - 1, and 10 where the architecture is not that of this machine */
  readonly slowness?: number;
  /** @default - docker */
  readonly engine?: Engine;
  /** Told of each image before it is built or run. */
  readonly onImage?: (reference: string) => void;
  /** Told of each report as it comes. */
  readonly onReport?: (report: VerifyReport) => void;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Architecture of this machine. */
const HERE = ARCHITECTURES[process.arch] ?? 'amd64';

/** Builds images of a synthesis from their contexts, runs them, and checks that they behave. */
export async function verifyOutput(options: VerifyOutputOptions): Promise<VerifyReport[]> {
  const { output, image, arch = HERE, engine = new DockerEngine(), onImage, onReport } = options;
  const manifest = readManifest(output);
  const selected = selectImages(manifest, { ...options, arch });
  if (image !== undefined && selected.length > 1) {
    throw ambiguous(image, selected);
  }
  await (image === undefined ? engine.assertBuilds() : engine.assertRuns());
  const applications = new ImageApplications(output, manifest, options.buildContext ?? []);
  const reports: VerifyReport[] = [];
  for (const one of selected) {
    const reference = image ?? `projen-nginx-php-verify/${one[0]}:${arch}`;
    onImage?.(reference);
    const seccomp = `${one[0]}/seccomp.json`;
    const report =
      (image === undefined ? await build(one, reference, arch, { ...options, engine, applications }) : undefined) ??
      (await verifyImage({
        image: reference,
        manifest: one[1],
        engine,
        platform: one[1].architectures[arch]!.platform,
        securityOptions: manifest.files[seccomp] ? [`seccomp=${join(output, seccomp)}`] : [],
        slowness: options.slowness ?? (arch === HERE ? 1 : 10),
      }));
    onReport?.(report);
    reports.push(report);
  }
  return reports;
}

interface BuildSettings extends Pick<VerifyOutputOptions, 'output' | 'network'> {
  readonly engine: Engine;
  readonly applications: ImageApplications;
}

/** Builds an image. That one cannot be built is the result of its one check: the others are still looked at. */
async function build(
  [name, image]: SelectedImage,
  tag: string,
  arch: string,
  { output, network, engine, applications }: BuildSettings,
): Promise<VerifyReport | undefined> {
  const { context, platform } = image.architectures[arch]!;
  const begin = performance.now();
  try {
    const secrets = applications.runsComposer(name) ? composerSecrets(process.env) : undefined;
    await applications.withCopy(name, (directory) => {
      const own = directory === undefined ? [] : [applicationContext(directory)];
      const buildContexts = [...applications.buildContexts, ...own];
      return engine.build({ context: join(output, context), tag, platform, buildContexts, network, secrets });
    });
    return undefined;
  } catch (error) {
    const duration = performance.now() - begin;
    const check = {
      id: 'build/context',
      group: 'build',
      expectation: 'the image can be built from its context',
      seen: (error as Error).message,
      passed: false,
      duration,
    };
    const release = `${image.platform.name} ${image.platform.release}`;
    return { image: tag, php: image.php.version, platform: release, passed: false, duration, checks: [check] };
  }
}

function ambiguous(reference: string, selected: readonly SelectedImage[]): DockerfileGeneratorError {
  const problem = {
    where: reference,
    what: `can only be one of ${selected.map(([name]) => name).join(', ')}`,
    next: 'name the image of the manifest that it was built from',
  };
  return new DockerfileGeneratorError('VALIDATION_ERROR', [problem]);
}
