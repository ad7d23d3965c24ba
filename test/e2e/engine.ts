import { execFileSync, spawnSync } from 'node:child_process';

/** Registry of the test bed (.ci/testbed). */
const REGISTRY = '127.0.0.1:5000';

/** Architecture that is tested: amd64, or arm64 under emulation (npm run test:e2e:arm64). */
export const ARCHITECTURE = process.env.E2E_ARCHITECTURE ?? 'amd64';

/** How many times longer than natively things may take. */
export const PATIENCE = ARCHITECTURE === 'amd64' ? 1 : 20;

/** Base image of the test bed, which stands in for the pinned one: the Debian archive is all that can be reached. */
export const BASE = `${REGISTRY}/debian:trixie-${ARCHITECTURE}`;

/** Why there is nothing to test on; undefined where there is an engine with the base image. */
function missing(): string | undefined {
  const engine = spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], { encoding: 'utf8' });
  if (engine.status !== 0) {
    return 'no Docker engine answers: run .ci/testbed (Debian 12, as root) or start yours';
  }
  const base = spawnSync('docker', ['buildx', 'imagetools', 'inspect', BASE], { encoding: 'utf8' });
  return base.status === 0 ? undefined : `${BASE} is not in the registry: run .ci/testbed`;
}

/**
 * `describe` where there is an engine. Without one the tests are skipped, and say why; where REQUIRE_ENGINE=1 asks
 * for them, as CI does, they fail.
 */
export function describeWithEngine(title: string, tests: () => void): void {
  const reason = missing();
  if (reason === undefined) {
    describe(title, tests);
    return;
  }
  if (process.env.REQUIRE_ENGINE === '1') {
    it(`${title}: an engine is required`, () => {
      throw new Error(reason);
    });
    return;
  }
  skip(title, reason, tests);
}

/** Names tests that cannot run here as skipped, and says why. */
export function skip(title: string, reason: string, tests: () => void): void {
  process.stderr.write(`skipped: ${title}: ${reason}\n`);
  const skipped = describe.skip;
  skipped(title, tests);
}

/** Runs docker and gives its output. */
export function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 });
}

/** Runs docker and gives exit status and output, whatever they are. */
export function tryDocker(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/**
 * Builds a context as it is, with the base of the test bed in the place of the stage `base`.
 *
 * @param stages what takes the place of other stages, by their names
 */
export function build(context: string, tag: string, stages: Readonly<Record<string, string>> = {}): void {
  docker(
    'buildx',
    'build',
    '--network=host',
    '--provenance=false',
    '--load',
    `--platform=linux/${ARCHITECTURE}`,
    `--build-context=base=docker-image://${BASE}`,
    ...Object.entries(stages).map(([stage, source]) => `--build-context=${stage}=${source}`),
    `--tag=${tag}`,
    context,
  );
}
