import type { Command, Option } from 'commander';
import { examplesOf } from './declaration';
import { STATUS_MEANINGS } from './exit-status';
import { createProgram } from './program';
import { fullName } from './usage-problem';

/** docs/cli.md: every command with its options and examples, from the definitions that the command line itself has. */
export function renderDocs(): string {
  const program = createProgram(() => undefined);
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  return `# The command line

Made from the definitions of the commands (\`npx projen cli:docs\`); \`dockerfile-generator COMMAND --help\` tells the same.
In a folder without \`images.ts\` the commands use the built-in defaults; in a project they use its tree. Every command is
also a task of a projen project, with its arguments behind \`--\`: \`npx projen validate:config -- --json\`.

Only the result goes to stdout; notes, warnings and errors go to stderr. Colours are shown on a terminal alone, and not
where \`NO_COLOR\` is set. What goes wrong is told as [docs/errors.md](errors.md) shows.

| exit status | meaning |
| --- | --- |
${STATUS_MEANINGS.map(([status, means]) => `| ${status} | ${means} |`).join('\n')}

## Options of every command

${options(program)}

Where \`OTEL_EXPORTER_OTLP_ENDPOINT\` is set and \`@opentelemetry/api\` and \`@opentelemetry/sdk-node\` are installed, each run
is sent as a trace, with its numbers, to that collector.

${commands.map(section).join('\n\n')}
`;
}

function section(command: Command): string {
  const examples = examplesOf(command).map(([line, means]) => `# ${means}\ndockerfile-generator ${line}`);
  return [
    `## ${fullName(command).replace('dockerfile-generator ', '')}`,
    `${capital(command.description())}.`,
    `\`${fullName(command)} ${command.usage()}\``,
    options(command),
    ...(examples.length > 0 ? [`\`\`\`sh\n${examples.join('\n')}\n\`\`\``] : []),
  ].join('\n\n');
}

function options(command: Command): string {
  const rows = command.options.map((option) => `| \`${option.flags.replace(/\|/g, '\\|')}\` | ${meaning(option)} |`);
  return ['| option | meaning |', '| --- | --- |', ...rows].join('\n');
}

function meaning({ description, argChoices, defaultValue }: Option): string {
  const choices = argChoices ? ` (${argChoices.join(', ')})` : '';
  const isTold = defaultValue !== undefined && !(Array.isArray(defaultValue) && defaultValue.length === 0);
  return `${description}${choices}${isTold ? `; default: \`${String(defaultValue)}\`` : ''}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
