import { Option, type Command } from 'commander';
import { declare, type Declaration } from './declaration';
import { appOption, collect, jsonOption, outputOption, phpVersion, positiveNumber, withSelection } from './options';
import type { Suite } from './test-command';

/** Commands that check: exit 1 where something is not as it has to be. */
export function declareChecks(to: Declaration): void {
  declareValidation(to);
  declareTests(to);
  declareLocalTest(to);
  declareScan(to);
}

function declareScan(to: Declaration): void {
  declare(
    to,
    'Check',
    'scan',
    'scan an image for vulnerabilities, and judge the findings by the policy of an environment',
    [
      ['scan registry.example.com/shop:1 --environment production', 'fails as a publish to production would'],
      ['scan registry.example.com/shop:1 --json', 'the findings, for a program'],
    ],
  )
    .argument('<reference>', 'the image')
    .option('--environment <name>', 'whose scanner and policy', 'production')
    .addOption(new Option('--arch <architecture>', 'architecture').choices(['amd64', 'arm64']).default('amd64'))
    .addOption(jsonOption())
    .action(async (reference: string, options) =>
      to.finish(await (await import('./scan-command')).scanCommand(reference, options)),
    );
}

function declareValidation(to: Declaration): void {
  const { settings, finish } = to;
  withSelection(
    declare(to, 'Check', 'validate:config', 'check schema, types, security, syntax and output, each for itself', [
      ['validate:config --php 8.3 --platform alpine', 'in any folder: the built-in defaults'],
      ['validate:config shop --json', 'in a project: one image, for a program'],
    ]),
  )
    .addOption(appOption(settings))
    .addOption(outputOption(settings))
    .addOption(jsonOption())
    .action(async (names: string[], options) => {
      const { validateConfigCommand } = await import('./validate-config-command');
      finish(await validateConfigCommand({ ...options, names }));
    });
}

const SUITES: ReadonlyArray<readonly [suite: Suite, description: string, example: string]> = [
  ['config', 'test the configuration of every image: schema, types, rules', 'every PHP of the catalogue, or the tree'],
  ['template', 'test the rendering: twice the same, no holes, every file in its syntax', 'every generated file'],
  ['docker', 'test the Docker here, and every Dockerfile by BuildKit (needs a Docker engine)', 'nothing is pulled'],
  ['all', 'all of test:config, test:template, test:docker and test:local', 'from the schema to the running image'],
];

function declareTests(to: Declaration): void {
  const { settings, finish } = to;
  for (const [suite, description, example] of SUITES) {
    const command = withSelection(
      declare(to, 'Check', `test:${suite}`, description, [
        [`test:${suite}`, example],
        [`test:${suite} --php 8.3 --platform alpine --json`, 'one image, for a program'],
      ]),
    )
      .addOption(appOption(settings))
      .addOption(outputOption(settings))
      .addOption(jsonOption());
    if (suite === 'all') {
      withBuildOptions(command);
    }
    command.action(async (names: string[], options) =>
      finish(await (await import('./test-command')).testCommand(suite, { ...options, names })),
    );
  }
}

/** How images are built for a test. */
function withBuildOptions(command: Command): Command {
  return command
    .option('--build-context <name=reference>', 'take a stage from elsewhere; may be repeated', collect, [])
    .option('--network <mode>', 'network of the build');
}

function declareLocalTest(to: Declaration): void {
  const { settings, finish } = to;
  const command = declare(
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
    .addOption(new Option('--arch <architecture>', 'architecture').choices(['amd64', 'arm64']))
    .option('--image <reference>', 'an image that is built already');
  withBuildOptions(command)
    .option('--slowness <factor>', 'stretch every bound of time', positiveNumber)
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--json [file]', 'print the results as JSON, or write them to a file')
    .action(async (names: string[], options) => {
      const { testLocalCommand } = await import('./test-local-command');
      finish(await testLocalCommand({ ...options, names: names.length > 0 ? names : undefined }));
    });
}
