import type { Command, CommanderError } from 'commander';
import { UsageError } from './usage-error';

/** What commander says of a command line, as a problem of ours: where, what, what to do. */
export function toUsageError(error: CommanderError, command: Command): UsageError {
  if (error.code === 'commander.help') {
    const where = fullName(command);
    return new UsageError([
      { where, what: 'a command is missing', next: `choose one of those above: ${where} --help` },
    ]);
  }
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n(Did you mean ');
  const where = fullName(command);
  const nearest = suggestion?.replace(/\?\)$/, '').replace(/^one of /, 'one of: ');
  return new UsageError([
    {
      where,
      what: message.trim().replace(/\.$/, ''),
      next: nearest ? `write ${nearest}; all of it: ${where} --help` : `see: ${where} --help`,
    },
  ]);
}

/** A command as it is typed. */
export function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}
