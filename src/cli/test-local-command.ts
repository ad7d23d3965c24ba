import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DockerfileGeneratorError, type ErrorType, type Problem } from '../errors';
import { MANIFEST_FILE, manifestSchema, type Manifest, type ManifestImage } from '../synth';
import {
  DockerEngine,
  renderJson,
  renderJUnit,
  renderTable,
  verifyImage,
  type CheckResult,
  type Engine,
  type VerifyReport,
} from '../verify';

/** Options of `test:local`. */
export interface TestLocalCommandOptions {
  /** What synth wrote. */
  readonly output: string;
  /** Names of images; none: all that `php` and `platform` leave. */
  readonly names?: readonly string[];
  readonly php?: string;
  /** `alpine`, `debian`, `ubuntu` */
  readonly platform?: string;
  /** `amd64`, `arm64`; @default - that of this machine */
  readonly arch?: string;
  /** Reference of an image that is built already; @default - it is built from its context */
  readonly image?: string;
  /** Stages that are taken from elsewhere, `NAME=REFERENCE`. */
  readonly buildContext?: readonly string[];
  /** Network of the build. */
  readonly network?: string;
  /** File for the results as JUnit XML. */
  readonly junit?: string;
  /** File for the results as JSON. */
  readonly json?: string;
  /** Factor of every bound of time; @default - 1, and 10 where the architecture is not that of this machine */
  readonly slowness?: number;
  /** @default - docker */
  readonly engine?: Engine;
}

/** Exit status when a check failed. */
const FAILED = 1;

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** `dockerfile-generator test:local`: builds images, runs them and checks that they behave; gives the exit status. */
export async function testLocalCommand(options: TestLocalCommandOptions): Promise<number> {
  const manifest = readManifest(options.output);
  const selected = selectImages(manifest, options);
  const engine = options.engine ?? new DockerEngine();
  await (options.image ? engine.assertRuns() : engine.assertBuilds());
  const reports: VerifyReport[] = [];
  for (const [name, image] of selected) {
    const report = await verifyOne(name, image, manifest, engine, options);
    process.stdout.write(`${renderTable(report)}\n`);
    reports.push(report);
  }
  writeReport(options.junit, renderJUnit(reports));
  writeReport(options.json, renderJson(reports));
  return reports.every(({ passed }) => passed) ? 0 : FAILED;
}

async function verifyOne(
  name: string,
  image: ManifestImage,
  manifest: Manifest,
  engine: Engine,
  options: TestLocalCommandOptions,
): Promise<VerifyReport> {
  const here = ARCHITECTURES[process.arch];
  const arch = architectureOf(options);
  const { context, platform } = image.architectures[arch]!;
  const reference = options.image ?? `projen-nginx-php-verify/${name}:${arch}`;
  if (!options.image) {
    const begin = performance.now();
    process.stderr.write(`building ${reference} from ${join(options.output, context)}\n`);
    try {
      await engine.build({
        context: join(options.output, context),
        tag: reference,
        platform,
        buildContexts: options.buildContext ?? [],
        network: options.network,
      });
    } catch (error) {
      return notBuilt(reference, image, error as Error, performance.now() - begin);
    }
  }
  const seccomp = `${name}/seccomp.json`;
  return verifyImage({
    image: reference,
    manifest: image,
    engine,
    platform,
    securityOptions: manifest.files[seccomp] ? [`seccomp=${join(options.output, seccomp)}`] : [],
    slowness: options.slowness ?? (arch === here ? 1 : 10),
  });
}

/** An image that cannot be built is the result of its one check, so that the others are still looked at. */
function notBuilt(reference: string, image: ManifestImage, error: Error, duration: number): VerifyReport {
  const check: CheckResult = {
    id: 'build/context',
    group: 'build',
    expectation: 'the image can be built from its context',
    seen: error.message,
    passed: false,
    duration,
  };
  const platform = `${image.platform.name} ${image.platform.release}`;
  return { image: reference, php: image.php.version, platform, passed: false, duration, checks: [check] };
}

function readManifest(output: string): Manifest {
  const file = join(output, MANIFEST_FILE);
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw failure('CONFIG_LOAD_ERROR', {
      where: file,
      what: 'is not the manifest of a synthesis',
      why: (error as Error).message,
      next: 'run: dockerfile-generator synth, or name its output with --output',
    });
  }
}

function selectImages(manifest: Manifest, options: TestLocalCommandOptions): Array<[string, ManifestImage]> {
  const { names = [], php, platform, image: reference } = options;
  const selected = Object.entries(manifest.images).filter(
    ([name, image]) =>
      (names.length === 0 || names.includes(name)) &&
      (php === undefined || image.php.version === php) &&
      (platform === undefined || image.platform.name === platform) &&
      image.architectures[architectureOf(options)] !== undefined,
  );
  const known = `the images are: ${Object.keys(manifest.images).join(', ')}`;
  const missing = names.filter((name) => !selected.some(([other]) => other === name));
  if (selected.length === 0 || missing.length > 0) {
    const what = missing.length > 0 ? `there is no image ${missing.join(', ')} to test` : 'no image is selected';
    throw failure('VALIDATION_ERROR', { where: 'test:local', what, next: known });
  }
  if (reference !== undefined && selected.length > 1) {
    const what = `--image ${reference} can only be one of ${selected.map(([name]) => name).join(', ')}`;
    throw failure('VALIDATION_ERROR', { where: 'test:local', what, next: 'name the image that it was built from' });
  }
  return selected;
}

function architectureOf({ arch }: TestLocalCommandOptions): string {
  return arch ?? ARCHITECTURES[process.arch] ?? 'amd64';
}

function writeReport(file: string | undefined, content: string): void {
  if (file === undefined) {
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function failure(type: ErrorType, problem: Problem): DockerfileGeneratorError {
  return new DockerfileGeneratorError(type, [problem]);
}
