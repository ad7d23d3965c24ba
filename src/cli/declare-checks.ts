import { declare, type Declaration } from './declaration';
import { collect, outputOption, phpVersion, positiveNumber } from './options';

/** Commands that check: exit 1 where something is not as it has to be. */
export function declareChecks(to: Declaration): void {
  const { settings, finish } = to;
  declare(
    to,
    'Check',
    'test:local',
    'build images, run them under every flag and check that they behave (needs a Docker engine)',
    [
      ['test:local --php 8.3 --platform alpine', 'one image, for the architecture of this machine'],
      ['test:local shop --image registry.example.com/shop:1', 'an image that is built already'],
    ],
  )
    .argument('[names...]', 'names of images; all without one')
    .addOption(outputOption(settings))
    .option('--php <version>', 'images of this PHP version', phpVersion)
    .option('--platform <name>', 'images of this platform')
    .option('--arch <architecture>', 'amd64 or arm64')
    .option('--image <reference>', 'an image that is built already')
    .option('--build-context <name=reference>', 'take a stage from elsewhere; may be repeated', collect, [])
    .option('--network <mode>', 'network of the build')
    .option('--slowness <factor>', 'stretch every bound of time', positiveNumber)
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--json <file>', 'write the results as JSON')
    .action(async (names: string[], options) => {
      const { testLocalCommand } = await import('./test-local-command');
      finish(await testLocalCommand({ ...options, names: names.length > 0 ? names : undefined }));
    });
}
