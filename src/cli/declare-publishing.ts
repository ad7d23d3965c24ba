import { InvalidArgumentError, Option, type Command } from 'commander';
import { declare, type Declaration } from './declaration';
import { archOption, collect, jsonOption, outputOption, phpVersion, positiveNumber } from './options';
import type { ProjectSettings } from './project-settings';
import type { PublishMode } from './publish-command';
import type { PublishCommandOptions } from './publish-options';

/** Commands that build images and bring them to registries. */
export function declarePublishing(to: Declaration): void {
  const { settings, finish } = to;
  const run = async (names: string[], options: PublishCommandOptions, mode?: PublishMode): Promise<void> => {
    const { publishCommand } = await import('./publish-command');
    finish(await publishCommand({ ...options, names }, mode));
  };

  const join = async (receipts: string[], options: PublishCommandOptions): Promise<void> => {
    const { mergeCommand } = await import('./merge-command');
    finish(await mergeCommand(receipts, options));
  };

  const publish = declare(
    to,
    'Publish',
    'publish',
    'build what is missing or too old, verify it, push it, move the tags',
    [
      ['publish --environment staging', 'everything, to the registries of an environment'],
      ['publish --registry 127.0.0.1:5000 --dry-run', 'the steps, without doing them'],
      ['publish --shard 2/4', 'the second quarter of the work, on one of four machines'],
    ],
  );
  withBuild(withRegistries(publish, settings))
    .option('--shard <i/n>', 'the part of one of several machines; publish merge joins what they pushed')
    .action((names: string[], options: PublishCommandOptions) =>
      // Written as two words, too.
      names[0] === 'merge' ? join(names.slice(1), options) : run(names, options),
    );

  const merge = declare(
    to,
    'Publish',
    'publish:merge',
    'write the lists of what several machines pushed, and move the tags',
    [['publish:merge receipts/*.json --environment production', 'after the last --shard']],
  );
  withStages(withRegistries(merge, settings, '<receipts...>', 'receipts of the shards')).action(join);

  const promote = declare(
    to,
    'Publish',
    'promote',
    'copy images by digest from one environment to another, without a build',
    [['promote --from staging --to production', 'what staging has at its tags']],
  );
  withRegistries(promote, settings)
    .option('--from <environment>', 'environment to copy from (default: promoteFrom of the other)')
    .requiredOption('--to <environment>', 'environment to copy to')
    .action(async (names: string[], options) => {
      const { promoteCommand } = await import('./promote-command');
      finish(await promoteCommand({ ...options, names }));
    });

  const build = declare(to, 'Publish', 'build:image', 'build images and load them into the engine', [
    ['build:image --php 8.3 --platform alpine --arch arm64', 'one architecture of one image'],
    ['build:image --php 8.3 --platform alpine --push --registry registry.example.com', 'and push it'],
  ]);
  withBuild(withRegistries(build, settings))
    .option('--push', 'push them too, and move the tags')
    .option('--no-manifest', 'with --push: leave lists and tags as they are')
    .action((names: string[], options: PublishCommandOptions) => run(names, options, { push: options.push ?? false }));

  const hub = declare(to, 'Publish', 'deploy:hub', 'publish to Docker Hub, or to the registry that is named', [
    ['deploy:hub --php 8.3 --platform alpine --tag 8.3 --username NAME --password-stdin', 'one image'],
  ]);
  withBuild(withRegistries(hub, settings))
    .option('--no-manifest', 'push by digest, and leave lists and tags as they are')
    .action((names: string[], options: PublishCommandOptions) => run(names, options));

  const manifest = declare(to, 'Publish', 'deploy:manifest', 'write the list over the architectures that were pushed', [
    ['deploy:manifest --php 8.3 --platform alpine --tag 8.3', 'of all architectures'],
    ['deploy:manifest shop --arch arm64 --remove', 'the list at the tag, without arm64'],
  ]);
  withStages(withRegistries(manifest, settings))
    .option('--remove', 'take the architecture of --arch out of the list')
    .action((names: string[], options: PublishCommandOptions) => {
      const lists = options.remove ? 'remove' : (options.arch ?? 'all') === 'all' ? 'join' : 'update';
      return run(names, options, { build: false, lists });
    });
}

/** Where images go, and as whom. */
function withRegistries(
  command: Command,
  settings: ProjectSettings,
  argument = '[names...]',
  meaning = 'names of images; all without one',
): Command {
  return command
    .argument(argument, meaning)
    .addOption(outputOption(settings))
    .option('--state <directory>', 'what is remembered between runs', '.publish')
    .option('--environment <name>', 'registries, tag rules and gates: local, staging, production, or your own')
    .option('--registry <host>', 'registry; may be repeated (default: docker.io)', collect)
    .option('--namespace <name>', 'what stands before the repository (default on Docker Hub: the user name)')
    .option('--php <version>', 'images of this PHP version', phpVersion)
    .option('--platform <name>', 'images of this platform')
    .addOption(archOption().default('all'))
    .option('--tag <tag>', 'tag of the images', 'latest')
    .option('--username <name>', 'user of the registry (or REGISTRY_USERNAME)')
    .option('--password <password>', 'unwise, since others can read it: better --password-stdin')
    .option('--password-stdin', 'read the password from standard input (or REGISTRY_PASSWORD)')
    .option('--dry-run', 'print the steps and do nothing')
    .addOption(jsonOption())
    .addOption(
      new Option('--log-format <format>', 'how progress is shown').choices(['auto', 'plain', 'json']).default('auto'),
    )
    .option('--receipt <file>', 'write the receipt here too')
    .option('--audit-log <file>', 'trace of what is published (default: audit.jsonl in --state)');
}

/** What took the place of stages: a part of the identity of an image, so that who joins has to say it too. */
function withStages(command: Command): Command {
  return command.option('--build-context <name=reference>', 'take a stage from elsewhere; may be repeated', collect);
}

/** How images are built. */
function withBuild(command: Command): Command {
  return withStages(command)
    .option('--max-age <age>', 'build again what is older, such as 7d or 12h', '7d')
    .option('--rebuild', 'build everything again')
    .option('--refresh', 'build again what a package has moved of, and nothing because of its age')
    .option('--cache', 'take layers of the builder, however old their packages are')
    .option('--builder <name>', 'builder of buildx, NAME or ARCH=NAME; may be repeated', collect)
    .option('--network <mode>', 'network of the build')
    .option('--jobs <number>', 'steps at the same time on this machine', wholeNumber, 1)
    .option('--revision <commit>', 'source of the images (default: that of CI, or of git)');
}

function wholeNumber(value: string): number {
  const number = positiveNumber(value);
  if (!Number.isInteger(number)) {
    throw new InvalidArgumentError('It is not a whole number.');
  }
  return number;
}
