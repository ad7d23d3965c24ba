import type { Command } from 'commander';
import type { ProjectSettings } from './project-settings';
import type { PublishMode } from './publish-command';
import { addBuildOptions, addRegistryOptions, type PublishCommandOptions } from './publish-options';

/** Adds the commands that build and publish. */
export function addPublishCommands(
  program: Command,
  settings: ProjectSettings,
  finish: (status: number) => void,
): void {
  const run = async (names: string[], options: PublishCommandOptions, mode?: PublishMode): Promise<void> => {
    const { publishCommand } = await import('./publish-command');
    finish(await publishCommand({ ...options, names }, mode));
  };
  const publish = program
    .command('publish')
    .description('build what is missing or too old, verify it, push it, and move the tags (needs a Docker engine)');
  addBuildOptions(addRegistryOptions(publish, settings))
    .option('--shard <i/n>', 'the part of one of several machines; publish merge joins what they pushed')
    .action((names: string[], options: PublishCommandOptions) => run(names, options));
  const build = program.command('build:image').description('build images and load them into the engine');
  addBuildOptions(addRegistryOptions(build, settings))
    .option('--push', 'push them too, and move the tags')
    .option('--no-manifest', 'with --push: leave lists and tags as they are')
    .action((names: string[], options: PublishCommandOptions) => run(names, options, { push: options.push ?? false }));
  const hub = program.command('deploy:hub').description('publish to Docker Hub, or to the registry that is named');
  addBuildOptions(addRegistryOptions(hub, settings))
    .option('--no-manifest', 'push the images by digest and leave lists and tags as they are')
    .action((names: string[], options: PublishCommandOptions) => run(names, options));
  const manifest = program
    .command('deploy:manifest')
    .description('write the multi-architecture list of images that were pushed, and move the tags to it');
  addRegistryOptions(manifest, settings)
    .option('--remove', 'take the architecture of --arch out of the list')
    .action((names: string[], options: PublishCommandOptions) => {
      const lists = options.remove ? 'remove' : options.arch === 'all' ? 'join' : 'update';
      return run(names, options, { build: false, lists });
    });
}
