import type { Command } from 'commander';
import type { Shell } from './completion-shells';
import { STATUS } from './exit-status';
import { createProgram } from './program';
import { print } from './terminal';

/** `dockerfile-generator completion SHELL`: prints the completion of a shell; gives the exit status. */
export function completionCommand(shell: Shell): number {
  print(SCRIPTS[shell](createProgram(() => undefined)));
  return STATUS.ok;
}

const SCRIPTS: Readonly<Record<Shell, (program: Command) => string>> = { bash, zsh, fish };

function words(command: Command): string[] {
  const options = command.createHelp().visibleOptions(command);
  return options.flatMap(({ short, long }) => [short, long]).filter((word) => word !== undefined);
}

function everyWord(program: Command, command: Command): string[] {
  return [...new Set([...words(command), ...words(program)])];
}

/** Values that an option can have, by its name. */
function choices(program: Command): Array<readonly [option: string, values: readonly string[]]> {
  const options = program.commands.flatMap((command) => command.createHelp().visibleOptions(command));
  const found = options
    .filter(({ argChoices }) => argChoices)
    .map(({ long, argChoices }) => [long!, argChoices!] as const);
  return [...new Map(found)];
}

function bash(program: Command): string {
  const names = program.commands.map((command) => command.name());
  return `# dockerfile-generator completion bash > /etc/bash_completion.d/dockerfile-generator
_dockerfile_generator() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command words
  # A colon parts words in bash: put the words of a command's name together again.
  local line=\${COMP_LINE:0:COMP_POINT}
  read -r _ command _ <<<"$line"
  [[ $line == *' ' ]] || current=\${line##* }
  case $previous in
${choices(program)
  .map(([option, values]) => `    ${option}) COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$current")); return ;;`)
  .join('\n')}
  esac
  if [[ $line != *' '*' '* ]]; then
    words='${names.join(' ')}'
  else
    case $command in
${program.commands.map((command) => `      ${command.name()}) words='${everyWord(program, command).join(' ')}' ;;`).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ $current == *:* ]] && COMPREPLY=("\${COMPREPLY[@]#"\${current%:*}:"}")
  [[ $current != -* && $line == *' '*' '* ]] && COMPREPLY+=($(compgen -f -- "$current"))
  return 0
}
complete -F _dockerfile_generator dockerfile-generator
`;
}

function zsh(program: Command): string {
  const quote = (text: string) => text.replace(/'/g, "'\\\\''").replace(/[[\]]/g, '');
  return `#compdef dockerfile-generator
# dockerfile-generator completion zsh > "\${fpath[1]}/_dockerfile-generator"
_dockerfile_generator() {
  local -a commands
  commands=(
${program.commands.map((command) => `    '${command.name().replace(/:/g, '\\:')}:${quote(command.description())}'`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe -t commands 'command' commands
    return
  fi
  case $words[2] in
${program.commands
  .map(
    (command) =>
      `    ${command.name()}) compadd -- ${everyWord(program, command).join(' ')}; [[ $PREFIX == -* ]] || _files ;;`,
  )
  .join('\n')}
  esac
}
compdef _dockerfile_generator dockerfile-generator
`;
}

function fish(program: Command): string {
  const quote = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const lines = program.commands.flatMap((command) => [
    `complete -c dockerfile-generator -n __fish_use_subcommand -f -a ${command.name()} -d ${quote(command.description())}`,
    ...command
      .createHelp()
      .visibleOptions(command)
      .filter(({ long }) => long)
      .map(({ long, description, argChoices, required, optional }) => {
        const values = argChoices ? ` -x -a ${quote(argChoices.join(' '))}` : required || optional ? ' -r' : '';
        const when = `-n '__fish_seen_subcommand_from ${command.name()}'`;
        return `complete -c dockerfile-generator ${when} -l ${long!.slice(2)}${values} -d ${quote(description)}`;
      }),
  ]);
  return `# dockerfile-generator completion fish > ~/.config/fish/completions/dockerfile-generator.fish\n${lines.join('\n')}\n`;
}
