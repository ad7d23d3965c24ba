import { declare, type Declaration } from './declaration';
import { appOption, jsonOption, outputOption, withSelection } from './options';

/** Commands that write, or say what would be written. */
export function declareWriting(to: Declaration): void {
  const { settings, finish } = to;
  declare(to, 'Write', 'synth', 'write the build contexts of the tree', [
    ['synth', 'write output/ from images.ts'],
    ['synth --check', 'in CI: write nothing, exit 1 when the output differs'],
  ])
    .addOption(appOption(settings))
    .addOption(outputOption(settings))
    .option('--check', 'write nothing, exit 1 when the output differs')
    .option('--force', 'overwrite generated files that were edited by hand')
    .option('--fail-on-end-of-life', 'exit 3 when a PHP or a base gets no fixes any more')
    .addOption(jsonOption())
    .action(async (options) => finish(await (await import('./synth-command')).synthCommand(options)));
  withSelection(
    declare(to, 'Write', 'build:dockerfile', 'write the build contexts of some images; works without a project too', [
      ['build:dockerfile --php 8.3 --platform alpine', 'in any folder: the built-in defaults, both architectures'],
      ['build:dockerfile --php 8.4 --platform debian --arch arm64', 'one architecture'],
      ['build:dockerfile shop --output /tmp/contexts', 'in a project: the image shop of images.ts, elsewhere'],
    ]),
  )
    .addOption(appOption(settings))
    .addOption(outputOption(settings))
    .option('--force', 'overwrite generated files that were edited by hand')
    .addOption(jsonOption())
    .action(async (names: string[], options) => {
      const { buildDockerfileCommand } = await import('./build-dockerfile-command');
      finish(await buildDockerfileCommand({ ...options, names }));
    });
}
