import type { Command } from 'commander';
import type { ProjectSettings } from './project-settings';
import { terminalWidth } from './terminal';
import { hang, wrap } from './wrap';

/** What a command needs to be declared. */
export interface Declaration {
  readonly program: Command;
  /** What the project in the working directory says. */
  readonly settings: ProjectSettings;
  /** Takes the exit status of the command that ran. */
  readonly finish: (status: number) => void;
}

/** One line of the examples that `--help` ends with. */
export type Example = readonly [line: string, meaning: string];

/** Headings under which `--help` lists the commands, in this order. */
export const GROUPS = ['Write', 'Describe', 'Check', 'Publish', 'Help'] as const;

export type Group = (typeof GROUPS)[number];

/** A group as it is printed. */
export function headingOf(group: Group): string {
  return `${group}:`;
}

/** A new command of the program. */
export function declare(
  { program }: Declaration,
  group: Group,
  name: string,
  description: string,
  examples: readonly Example[],
): Command {
  const command = program.command(name).helpGroup(headingOf(group)).description(description);
  Object.assign(command, { examples });
  return command.addHelpText('after', () => renderExamples(examples));
}

/** The examples of a command. */
export function examplesOf(command: Command): readonly Example[] {
  return (command as Command & { readonly examples?: readonly Example[] }).examples ?? [];
}

function renderExamples(examples: readonly Example[]): string {
  const width = terminalWidth('stdout') ?? Infinity;
  const lines = examples.map(
    ([line, meaning]) =>
      `${hang('  # ', meaning, width)}\n  ${wrap(`dockerfile-generator ${line}`, width - 6).join(' \\\n    ')}`,
  );
  return lines.length > 0 ? `\nExamples:\n${lines.join('\n')}` : '';
}
