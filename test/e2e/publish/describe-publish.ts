import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skip } from '../engine';
import { hasRegistry } from './registry';

// Each test starts several processes, on a machine that may be busy with others.
jest.setTimeout(90_000);

/** Programs that tests of publishing may ask for, beside docker and docker-registry. */
export type Program = 'cosign' | 'skopeo';

function missing(programs: readonly Program[]): string | undefined {
  if (spawnSync('docker', ['buildx', 'inspect']).status !== 0) {
    return 'no Docker engine with buildx answers: run .ci/testbed';
  }
  if (!hasRegistry()) {
    return 'docker-registry is not installed: run .ci/testbed';
  }
  const absent = programs.filter((program) => spawnSync(program, ['--version']).error);
  return absent.length > 0 ? `${absent.join(', ')} is not installed: run .ci/testbed` : undefined;
}

/**
 * `describe` where there is an engine, a registry and the programs that are named. Without them the tests are skipped,
 * and say why; where REQUIRE_ENGINE=1 asks for them, as CI does, they fail.
 */
export function describePublish(title: string, programs: readonly Program[], tests: () => void): void {
  const reason = missing(programs);
  if (reason === undefined) {
    describe(title, tests);
  } else if (process.env.REQUIRE_ENGINE === '1') {
    it(`${title}: all of it is required`, () => {
      throw new Error(reason);
    });
  } else {
    skip(title, reason, tests);
  }
}

/** A directory for the tests of a file, removed after them. */
export function temporaryDirectory(): { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'publish-e2e-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return { path };
}
