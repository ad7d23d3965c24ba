import { join } from 'node:path';
import { STATUS } from './exit-status';
import { openTree, type OpenTreeOptions } from './open-tree';
import { note, print, printJson } from './terminal';
import { synthesizePart } from '../synth/synthesize-part';

/** Options of `build:dockerfile`. */
export interface BuildDockerfileCommandOptions extends Omit<OpenTreeOptions, 'command'> {
  readonly force?: boolean;
  readonly json?: boolean;
}

/**
 * `dockerfile-generator build:dockerfile`: writes build contexts of the asked images, and leaves the others as they
 * are; prints their directories, one a line. Gives the exit status.
 */
export async function buildDockerfileCommand(options: BuildDockerfileCommandOptions): Promise<number> {
  const { output, arch = 'all', force, json } = options;
  const { app, images } = await openTree({ ...options, command: 'build:dockerfile' });
  const names = images.map(({ node }) => node.id);
  const report = synthesizePart(app, output, {
    wants: (name, architecture) => names.includes(name) && (arch === 'all' || architecture === arch),
    force,
  });
  const contexts = names.flatMap((name) =>
    Object.entries(report.manifest.images[name]!.architectures)
      .filter(([architecture]) => arch === 'all' || architecture === arch)
      .map(([architecture, { context, platform }]) => ({ image: name, architecture, platform, context })),
  );
  const { written, removed, unchanged } = report;
  if (json) {
    printJson({ output, contexts, written, removed, unchanged });
  } else {
    contexts.forEach(({ context }) => print(`${join(output, context)}\n`));
    note(`${output}: ${written.length} written, ${removed.length} removed, ${unchanged} unchanged\n`);
  }
  return STATUS.ok;
}
