import { Argument } from 'commander';
import { SHELLS, type Shell } from './completion-shells';
import { declare, type Declaration } from './declaration';
import { appOption, collect, jsonOption, outputOption, phpVersion, withSelection } from './options';

/** Commands that describe the tree, the catalogue and the machine; nothing is written but by `init`. */
export function declareInspection(to: Declaration): void {
  declareTree(to);
  declareHelp(to);
}

function declareTree(to: Declaration): void {
  const { settings, finish } = to;
  declare(to, 'Describe', 'init', 'write a first images.ts', [
    ['init', 'one image on Debian'],
    ['init --name shop --php 8.4 --platform alpine', 'another name, PHP and platform'],
  ])
    .addOption(appOption(settings))
    .option('--name <name>', 'name of the first image', 'web')
    .option('--php <version>', 'PHP version', phpVersion)
    .option('--platform <name>', 'alpine, ubuntu or debian')
    .addOption(jsonOption())
    .action(async (options) => finish((await import('./init-command')).initCommand(options)));
  withSelection(
    declare(to, 'Describe', 'ls', 'list the images of the tree', [
      ['ls --php 8.4', 'those of PHP 8.4'],
      ['ls --json | jq -r keys[]', 'their names, for a script'],
    ]),
  )
    .addOption(appOption(settings))
    .addOption(jsonOption())
    .action(async (names: string[], options) =>
      finish(await (await import('./ls-command')).lsCommand({ ...options, names })),
    );
  withSelection(
    declare(to, 'Describe', 'diff', 'show what synth would change, as a unified diff; exit 1 when it differs', [
      ['diff', 'all images'],
      ['diff shop --arch amd64', 'one image'],
    ]),
  )
    .addOption(appOption(settings))
    .addOption(outputOption(settings))
    .addOption(jsonOption())
    .action(async (names: string[], options) =>
      finish(await (await import('./diff-command')).diffCommand({ ...options, names })),
    );
  declare(to, 'Describe', 'lock', 'print every input of the builds, as lock.json holds them', [
    ['lock > lock.json', 'keep the inputs beside images.ts'],
  ])
    .addOption(appOption(settings))
    .action(async (options) => finish(await (await import('./lock-command')).lockCommand(options)));
  declare(to, 'Describe', 'catalog:update', 'write lock.json with the newest bases that registries have, as a diff', [
    ['catalog:update', 'ask the registry of each base for its newest tag, and what that points to'],
    ['catalog:update --end-of-life', 'and endoflife.date until when each base and each PHP gets fixes'],
    ['catalog:update --composer 2.10.3', 'move to a release of Composer, with the checksum of its makers'],
    ['catalog:update --mirror mirror.example.com --check', 'ask a mirror; write nothing, exit 1 when something moved'],
  ])
    .addOption(appOption(settings))
    .option('--mirror <host>', 'registry that has copies of the bases')
    .option('--tag <base=tag>', 'tag to move a base to; may be repeated', collect)
    .option('--keep-tags', 'look for no newer tags')
    .option(
      '--end-of-life [address]',
      'dates of support too, of endoflife.date or of another API that answers as it does',
    )
    .option('--s6-overlay <version>', 'release of s6-overlay to move to')
    .option('--composer <version>', 'release of Composer to move to')
    .option('--check', 'write nothing, exit 1 when something moved')
    .addOption(jsonOption())
    .action(async (options) => finish(await (await import('./catalog-update-command')).catalogUpdateCommand(options)));
}

function declareHelp(to: Declaration): void {
  const { settings, finish } = to;
  declare(to, 'Help', 'catalog', 'list what can be had: PHP by platform and release, and its extensions', [
    ['catalog', 'every PHP on every release'],
    ['catalog --php 8.4 --platform debian --extensions', 'the extensions of one of them'],
  ])
    .option('--php <version>', 'this PHP version', phpVersion)
    .option('--platform <name>', 'this platform')
    .option('--release <name>', 'this release')
    .option('--extensions', 'the extensions that can be had')
    .addOption(jsonOption())
    .action(async (options) => finish((await import('./catalog-command')).catalogCommand(options)));
  declare(to, 'Help', 'doctor', 'say what this machine has and lacks, with a remedy for each', [
    ['doctor', 'project, catalogue, engine, architectures, credentials, programs'],
    ['doctor --json', 'for a program'],
  ])
    .addOption(appOption(settings))
    .addOption(outputOption(settings))
    .addOption(jsonOption())
    .action(async (options) => finish(await (await import('./doctor-command')).doctorCommand(options)));
  const audit = declare(to, 'Publish', 'audit', 'look into the log of what was published', [
    ['audit verify .publish/audit.jsonl', 'whether it is as it was written'],
  ]);
  audit
    .helpCommand(false)
    .command('verify')
    .description('check the chain of hashes of an audit log')
    .argument('<file>', 'the log')
    .option('--head <hash>', 'a hash that has to be in it, noted after an earlier verification')
    .addOption(jsonOption())
    .action(async (file: string, options) =>
      finish((await import('./audit-verify-command')).auditVerifyCommand(file, options)),
    );
  declare(to, 'Help', 'completion', 'print the completion of a shell', [
    ['completion bash > /etc/bash_completion.d/dockerfile-generator', 'bash'],
    ['completion fish > ~/.config/fish/completions/dockerfile-generator.fish', 'fish'],
  ])
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .action(async (shell: Shell) => finish((await import('./completion-command')).completionCommand(shell)));
}
