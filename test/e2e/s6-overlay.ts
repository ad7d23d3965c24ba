import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { skip, type describeWithEngine } from './engine';

/**
 * A directory whose `s6-overlay/` is the root of s6-overlay, unpacked from its release or built from its sources. The
 * test bed cannot download it, so these tests run where a person gives one.
 */
const BUILD = process.env.S6_OVERLAY_BUILD;

/** The build, as what takes the place of the stage `s6-overlay`. */
export function overlayStage(): Readonly<Record<string, string>> {
  return { 's6-overlay': BUILD! };
}

/** `describe`, or another, where there is a build of s6-overlay; skipped elsewhere. */
export function describeWithOverlay(title: string, describeTests: typeof describeWithEngine, tests: () => void): void {
  if (BUILD === undefined) {
    skip(title, 'S6_OVERLAY_BUILD names no directory with a build of s6-overlay', tests);
    return;
  }
  describeTests(title, tests);
}

/**
 * Compiles the services of an image as /init does: those of the image over those of s6-overlay, and its own bundles.
 *
 * @param tree the directory `s6-overlay` of a build context
 * @throws Error with what s6-rc-compile says, where it does not accept them
 */
export function compileServices(tree: string): void {
  const overlay = join(BUILD!, 's6-overlay');
  const directory = mkdtempSync(join(tmpdir(), 's6-rc-'));
  const sources = join(directory, 'sources');
  try {
    cpSync(join(overlay, 'etc/s6-overlay'), sources, { recursive: true });
    cpSync(tree, sources, { recursive: true });
    execFileSync(
      join(overlay, 'package/admin/s6-rc/command/s6-rc-compile'),
      [
        join(directory, 'database'),
        join(sources, 's6-rc.d'),
        join(sources, 'user-bundles.d'),
        join(overlay, 'package/admin/s6-overlay/etc/s6-rc/sources'),
      ],
      { stdio: 'pipe' },
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}
