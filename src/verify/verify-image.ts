import type { Check, CheckPack, Verdict } from './check';
import { DockerEngine } from './docker-engine';
import type { Engine } from './engine';
import { CHECK_PACKS } from './packs';
import type { CheckResult, VerifyReport } from './report';
import { Session } from './session';
import type { Subject } from './subject';
import type { VerifiedImage } from './verified-image';

/** What is verified, and how. */
export interface VerifyImageOptions {
  /** Reference of a built image. */
  readonly image: string;
  /** What the manifest says of it. */
  readonly manifest: VerifiedImage;
  /** @default - docker */
  readonly engine?: Engine;
  /** As in `docker run --platform`; @default - that of the image */
  readonly platform?: string;
  /** @default CHECK_PACKS */
  readonly packs?: readonly CheckPack[];
  /**
   * Further security options of Docker, such as `seccomp=output/shop/seccomp.json`.
   *
   * @default - none
   */
  readonly securityOptions?: readonly string[];
  /**
   * Factor of every bound of time: more than 1 on a loaded machine, or where another architecture is emulated.
   *
   * @default 1
   */
  readonly slowness?: number;
  /** Told of each result as it comes. */
  readonly onResult?: (result: CheckResult) => void;
}

/**
 * Runs an image under the flags that it ships with and checks that it behaves. Everything that it starts is removed.
 *
 * @throws DockerfileGeneratorError DOCKER_ERROR where there is no engine; an image that misbehaves is no error but a report
 */
export async function verifyImage(options: VerifyImageOptions): Promise<VerifyReport> {
  const { image: reference, manifest: image, engine = new DockerEngine(), packs = CHECK_PACKS } = options;
  await engine.assertRuns();
  await engine.assertImage(reference, options.platform);
  const session = new Session({
    reference,
    image,
    engine,
    platform: options.platform,
    securityOptions: options.securityOptions ?? [],
    slowness: options.slowness ?? 1,
  });
  const begin = performance.now();
  const checks: CheckResult[] = [];
  try {
    for (const { group, check } of packs.flatMap((pack) =>
      pack.checks.map((item) => ({ group: pack.group, check: item })),
    )) {
      const result = await runCheck(check, group, session);
      checks.push(result);
      options.onResult?.(result);
    }
  } finally {
    await session.close();
  }
  return {
    image: reference,
    php: image.php.version,
    platform: `${image.platform.name} ${image.platform.release}`,
    passed: checks.every(({ passed }) => passed),
    duration: performance.now() - begin,
    checks,
  };
}

async function runCheck(check: Check, group: string, subject: Subject): Promise<CheckResult> {
  const begin = performance.now();
  const found = await look(check, subject);
  return { id: check.id, group, expectation: check.expectation, ...found, duration: performance.now() - begin };
}

/** A check that cannot look has not seen that all is well. */
async function look(check: Check, subject: Subject): Promise<Verdict> {
  try {
    return await check.run(subject);
  } catch (error) {
    return { passed: false, seen: `could not be checked: ${(error as Error).message}` };
  }
}
