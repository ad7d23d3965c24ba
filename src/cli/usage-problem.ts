import type { Command, CommanderError } from 'commander';
import { didYouMean } from '../errors';
import { UsageError } from './usage-error';

/** What commander says of a command line, as a problem of ours: where, what, what to do. */
export function toUsageError(error: CommanderError, command: Command): UsageError {
  if (error.code === 'commander.help') {
    const where = fullName(command);
    return new UsageError([
      { where, what: 'a command is missing', next: `choose one of those above: ${where} --help` },
    ]);
  }
  const where = fullName(command);
  const [message = '', suggestion] = error.message
    .replace(/^error: (?:command-argument (?=value))?/, '')
    .split('\n(Did you mean ');
  return new UsageError([{ where, what: message.trim().replace(/\.$/, ''), next: next(message, suggestion, where) }]);
}

/** The word that was meant, be it a command, an option or a value; where none is known, what there is. */
function next(message: string, suggestion: string | undefined, where: string): string {
  const [, value, choices] = /'([^']*)' is invalid.* Allowed choices are (.+)\.$/.exec(message) ?? [];
  if (value !== undefined && choices !== undefined) {
    return `write ${didYouMean(value, choices.split(', '))}`;
  }
  const meant = suggestion?.replace(/\?\)$/, '').replace(/^one of /, 'one of: ');
  return meant ? `write ${meant}; all of it: ${where} --help` : `see: ${where} --help`;
}

/** A command as it is typed. */
export function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
