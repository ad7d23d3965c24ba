import { Command } from 'commander';
import { GROUPS as GROUP_ORDER, headingOf, type Declaration } from './declaration';
import { declareChecks } from './declare-checks';
import { declareExplain } from './declare-explain';
import { declareInspection } from './declare-inspection';
import { declarePublishing } from './declare-publishing';
import { declareWriting } from './declare-writing';
import { startObserving, withObservation } from './observed';
import { readProjectSettings } from './project-settings';
import { hasColours, paint } from './terminal';
import { toUsageError } from './usage-problem';
import { readVersion } from './version';

/** The commands, in groups; the first is that of which a pipeline calls the most. */
const GROUPS = [declareWriting, declareInspection, declareExplain, declareChecks, declarePublishing];

/**
 * The command line: every command with its options.
 *
 * @param args words of the command line; @default - no command is called, and all are there
 */
export function createProgram(finish: (status: number) => void, args: readonly string[] = []): Command {
  const program = new Command('dockerfile-generator')
    .description('Hardened nginx + PHP-FPM images, from a construct tree to build contexts')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpCommand(
      new Command('help').argument('[command]').description('print the help of a command').helpGroup(headingOf('Help')),
    )
    .option('--debug', 'show the stack of an error')
    .configureHelp({ styleTitle: (title) => paint('bold', title), showGlobalOptions: true, minWidthToWrap: 24 })
    .configureOutput({ getOutHasColors: () => hasColours('stdout'), outputError: () => undefined });
  withObservation(program).hook('preAction', (_, command) => startObserving(nameOf(command), args, program.opts()));
  const to: Declaration = { program, settings: readProjectSettings(), finish };
  for (const declareGroup of GROUPS) {
    declareGroup(to);
    // The other commands would only be needed for a help or a suggestion.
    if (program.commands.some((command) => command.name() === args[0])) {
      break;
    }
  }
  sortCommands(program);
  throwUsageErrors(program);
  return program;
}

/** As they are used one after the other: help lists the groups in the order of their first commands. */
function sortCommands({ commands }: Command): void {
  const place = (command: Command) => GROUP_ORDER.findIndex((group) => command.helpGroup() === headingOf(group));
  (commands as Command[]).sort((a, b) => place(a) - place(b));
}

/** Name of a command below the program: `audit verify`. */
function nameOf(command: Command): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

function throwUsageErrors(command: Command): void {
  command.exitOverride((error) => {
    throw error.exitCode === 0 ? error : toUsageError(error, command);
  });
  command.commands.forEach(throwUsageErrors);
}
