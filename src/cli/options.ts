import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ProjectSettings } from './project-settings';

/** Options that say which images are meant. */
export interface SelectionOptions {
  readonly php?: string;
  readonly platform?: string;
  readonly release?: string;
  readonly arch?: 'amd64' | 'arm64' | 'all';
}

/** Options that say where the tree is, and where it is written. */
export interface TreeOptions {
  /** Module with the images. */
  readonly app: string;
  /** Directory of the output. */
  readonly output: string;
}

/** `--app`: the module with the images. */
export function appOption(settings: ProjectSettings): Option {
  return new Option('--app <file>', 'module with the images').argParser(notEmpty).default(settings.app);
}

/** `--output`: the directory that synth writes. */
export function outputOption(settings: ProjectSettings): Option {
  return new Option('--output <directory>', 'directory of the build contexts')
    .argParser(notEmpty)
    .default(settings.output);
}

/** `--json`: the result as JSON. */
export function jsonOption(): Option {
  return new Option('--json', 'print the result as JSON');
}

/** `--arch`: one architecture or all. */
export function archOption(): Option {
  return new Option('--arch <architecture>', 'architecture').choices(['amd64', 'arm64', 'all']);
}

/** Options and names that select images. */
export function withSelection(command: Command): Command {
  return command
    .argument('[names...]', 'names of images; all without one')
    .option('--php <version>', 'images of this PHP version, such as 8.4', phpVersion)
    .option('--platform <name>', 'images of this platform: alpine, ubuntu, debian')
    .option('--release <name>', 'images of this release, such as trixie')
    .addOption(archOption());
}

/** Values of an option that may be repeated. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}

/** A name of a file or a directory. */
export function notEmpty(value: string): string {
  if (value === '') {
    throw new InvalidArgumentError('It is empty.');
  }
  return value;
}

/** A number above zero. */
export function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0) || !Number.isFinite(number)) {
    throw new InvalidArgumentError('It is not a number above 0.');
  }
  return number;
}

/** What looks like a version of PHP; whether there is one of it, the catalogue says. */
export function phpVersion(value: string): string {
  if (!/^\d+\.\d+$/.test(value)) {
    throw new InvalidArgumentError('It is not a PHP version such as 8.4.');
  }
  return value;
}
