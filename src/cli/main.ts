import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { DockerfileGeneratorError } from '../errors';
import { readProjectSettings } from './project-settings';

/** Exit status of a wrong use of the command line. */
const USAGE = 2;

/** Version of this package. */
function readVersion(): string {
  const manifest = readFileSync(join(__dirname, '../../package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Values of an option that may be repeated. */
function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

function createProgram(finish: (status: number) => void): Command {
  const settings = readProjectSettings();
  const program = new Command('dockerfile-generator')
    .description('Hardened nginx + PHP-FPM images, from a construct tree to build contexts')
    .version(readVersion(), '--version')
    .exitOverride();
  program
    .command('synth')
    .description('write the build contexts of the tree')
    .option('--app <file>', 'module with the images', settings.app)
    .option('--output <directory>', 'where to write', settings.output)
    .option('--check', 'write nothing, exit 1 when the output differs')
    .option('--force', 'overwrite generated files that were edited by hand')
    .option('--fail-on-end-of-life', 'exit 3 when a PHP or a base gets no fixes any more')
    .action(async (options) => finish(await (await import('./synth-command')).synthCommand(options)));
  program
    .command('ls')
    .description('list the images of the tree')
    .option('--app <file>', 'module with the images', settings.app)
    .option('--json', 'as JSON')
    .action(async (options) => finish(await (await import('./ls-command')).lsCommand(options)));
  program
    .command('lock')
    .description('print every input of the builds, as lock.json holds them')
    .option('--app <file>', 'module with the images', settings.app)
    .action(async (options) => finish(await (await import('./lock-command')).lockCommand(options)));
  program
    .command('test:local')
    .description('build images, run them under every flag and check that they behave (needs a Docker engine)')
    .argument('[names...]', 'names of images; all without one')
    .option('--output <directory>', 'what synth wrote', settings.output)
    .option('--php <version>', 'images of this PHP version')
    .option('--platform <name>', 'images of this platform')
    .option('--arch <architecture>', 'amd64 or arm64')
    .option('--image <reference>', 'an image that is built already')
    .option('--build-context <name=reference>', 'take a stage from elsewhere; may be repeated', collect, [])
    .option('--network <mode>', 'network of the build')
    .option('--slowness <factor>', 'stretch every bound of time', Number)
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--json <file>', 'write the results as JSON')
    .action(async (names: string[], options) => {
      const { testLocalCommand } = await import('./test-local-command');
      finish(await testLocalCommand({ ...options, names: names.length > 0 ? names : undefined }));
    });
  return program;
}

async function main(args: readonly string[]): Promise<number> {
  let status = 0;
  try {
    // projen and npm pass a literal -- on.
    const own =
      args[1] === '--' ? [args[0]!, ...args.slice(2)] : args.filter((arg, index) => index > 0 || arg !== '--');
    await createProgram((code) => (status = code)).parseAsync(own, { from: 'user' });
    return status;
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : USAGE;
  }
  if (error instanceof DockerfileGeneratorError) {
    const shown = process.env.DEBUG
      ? `${error.message}\n\n${(error.cause as Error | undefined)?.stack ?? error.stack}`
      : error.message;
    process.stderr.write(`${shown}\n`);
    return error.exitStatus;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return 70;
}

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
