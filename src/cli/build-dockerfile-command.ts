import { join } from 'node:path';
import { STATUS } from './exit-status';
import { countBytes, countImages, phase } from './observed';
import type { OpenTreeOptions } from './open-tree';
import { hasProject } from './project-settings';
import { note, print, printJson } from './terminal';
import { readPrebuilt } from '../synth/prebuilt';
import { writePart, type PartReport } from '../synth/write-part';

/** Options of `build:dockerfile`. */
export interface BuildDockerfileCommandOptions extends Omit<OpenTreeOptions, 'command' | 'all'> {
  readonly force?: boolean;
  readonly json?: boolean;
}

/**
 * `dockerfile-generator build:dockerfile`: writes build contexts of the asked images, and leaves the others as they
 * are; prints their directories, one a line. Gives the exit status.
 */
export async function buildDockerfileCommand(options: BuildDockerfileCommandOptions): Promise<number> {
  const { output, arch = 'all', json } = options;
  const report = await phase('write', async () => writePrebuilt(options) ?? (await writeTree(options)));
  countImages('generated', report.images.length);
  countBytes(output, () => report.written);
  const { written, removed, unchanged, manifest } = report;
  const contexts = report.images.flatMap((image) =>
    Object.entries(manifest.images[image]!.architectures)
      .filter(([architecture]) => arch === 'all' || architecture === arch)
      .map(([architecture, { context, platform }]) => ({ image, architecture, platform, context })),
  );
  if (json) {
    printJson({ output, contexts, written, removed, unchanged });
  } else {
    contexts.forEach(({ context }) => print(`${join(output, context)}\n`));
    note(`${output}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged\n`);
  }
  return STATUS.ok;
}

/** An image of the built-in defaults, where it was rendered when this package was made. */
function writePrebuilt(options: BuildDockerfileCommandOptions): PartReport | undefined {
  const { php, platform, release, names = [], output, arch = 'all', force } = options;
  if (php === undefined || platform === undefined || release !== undefined || names.length > 0 || hasProject(options)) {
    return undefined;
  }
  const rendered = readPrebuilt(`nginx-php-fpm-${php}-${platform}`);
  return rendered && writePart(rendered, output, { wants: (_, other) => arch === 'all' || other === arch, force });
}

async function writeTree(options: BuildDockerfileCommandOptions): Promise<PartReport> {
  const [{ openTree }, { synthesizePart }] = await Promise.all([
    import('./open-tree'),
    import('../synth/synthesize-part'),
  ]);
  const { output, arch = 'all', force } = options;
  const { app, images } = await openTree({ ...options, command: 'build:dockerfile' });
  const names = images.map(({ node }) => node.id);
  return synthesizePart(app, output, {
    wants: (name, architecture) => names.includes(name) && (arch === 'all' || architecture === arch),
    force,
  });
}
