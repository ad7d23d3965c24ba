import type { Command, Option } from 'commander';
import { Catalog } from '../catalog';
import type { Shell } from './completion-shells';
import { HARDENING_PACKS } from '../rules';
import { STATUS } from './exit-status';
import { createProgram } from './program';
import { print } from './terminal';

/** `dockerfile-generator completion SHELL`: prints the completion of a shell; gives the exit status. */
export function completionCommand(shell: Shell): number {
  const program = createProgram(() => undefined);
  print(SCRIPTS[shell]({ program, commands: program.commands.map(complete) }));
  return STATUS.ok;
}

/** What can be typed. */
interface Words {
  readonly program: Command;
  readonly commands: readonly CommandWords[];
}

/** What can be typed behind the name of a command. */
interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
  /** Words that stand for themselves; where there are none, or none fits, files are meant. */
  readonly values: readonly string[];
}

function complete(command: Command): CommandWords {
  const own = [command, ...command.commands].flatMap((one) => one.createHelp().visibleOptions(one));
  const choices = command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []);
  const topics = command.name() === 'explain' ? ['config', ...ruleIds()] : [];
  return {
    name: command.name(),
    description: command.description(),
    options: [...new Map(own.map((option) => [option.long, option])).values()],
    values: [...command.commands.map((one) => one.name()), ...choices, ...topics],
  };
}

function ruleIds(): string[] {
  return HARDENING_PACKS.flatMap(({ rules }) => rules.map(({ id }) => id));
}

/** Values that an option can have; none where it takes a text of one's own. */
function valuesOf({ long, argChoices }: Option): readonly string[] {
  const { phpVersions, platforms } = Catalog.shipped();
  const known: Readonly<Record<string, readonly string[]>> = { '--php': phpVersions, '--platform': platforms };
  return argChoices ?? known[long ?? ''] ?? [];
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function flags(options: readonly Option[]): string {
  return options.flatMap(({ short, long }) => [short, long].filter(Boolean)).join(' ');
}

/** Every option of any command that takes a value, once. */
function valuedOptions({ program, commands }: Words): readonly Option[] {
  const all = [program.options, ...commands.map(({ options }) => options)].flat().filter(takesValue);
  return [...new Map(all.map((option) => [option.long, option])).values()];
}

const SCRIPTS: Readonly<Record<Shell, (words: Words) => string>> = { bash, zsh, fish };

function bash(words: Words): string {
  const { program, commands } = words;
  const values = valuedOptions(words).map(
    (option) =>
      `    ${option.long}) COMPREPLY=($(compgen -W '${valuesOf(option).join(' ')}' -- "$current")); return ;;`,
  );
  const cases = commands.map(
    (command) =>
      `      ${command.name}) options='${flags([...command.options, ...program.options])}' values='${command.values.join(' ')}' ;;`,
  );
  return `# dockerfile-generator completion bash > /etc/bash_completion.d/dockerfile-generator
_dockerfile_generator() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command options values word
  # A colon parts words in bash: put the words of a command's name together again.
  local line=\${COMP_LINE:0:COMP_POINT}
  read -r _ command _ <<<"$line"
  [[ $line == *' ' ]] || current=\${line##* }
  COMPREPLY=()
  case $previous in
${values.join('\n')}
  esac
  if [[ $line != *' '*' '* ]]; then
    options='${flags(program.options)} -h --help' values='${commands.map(({ name }) => name).join(' ')} help'
  else
    case $command in
${cases.join('\n')}
      help) values='${commands.map(({ name }) => name).join(' ')}' ;;
    esac
    # One of them is enough.
    for word in $values; do
      [[ $line != *" $word "* ]] || values=
    done
  fi
  [[ $current == -* || -z $values ]] && values=$options
  COMPREPLY=($(compgen -W "$values" -- "$current"))
  [[ $current == *:* ]] && COMPREPLY=("\${COMPREPLY[@]#"\${current%:*}:"}")
  return 0
}
complete -o default -F _dockerfile_generator dockerfile-generator
`;
}

function zsh(words: Words): string {
  const { program, commands } = words;
  const quote = (text: string) => text.replace(/'/g, "'\\\\''").replace(/[[\]]/g, '');
  const described = [...commands, { name: 'help', description: 'print the help of a command' }].map(
    ({ name, description }) => `    '${name.replace(/:/g, '\\:')}:${quote(description)}'`,
  );
  const values = valuedOptions(words).map((option) =>
    valuesOf(option).length > 0
      ? `    ${option.long}) compadd -- ${valuesOf(option).join(' ')}; return ;;`
      : `    ${option.long}) _files; return ;;`,
  );
  const cases = commands.map(
    (command) =>
      `    ${command.name}) options=(${flags([...command.options, ...program.options])}) values=(${command.values.join(' ')}) ;;`,
  );
  return `#compdef dockerfile-generator
# dockerfile-generator completion zsh > "\${fpath[1]}/_dockerfile-generator"
_dockerfile_generator() {
  local -a commands options values
  commands=(
${described.join('\n')}
  )
  if ((CURRENT == 2)); then
    if [[ $PREFIX == -* ]]; then
      compadd -- ${flags(program.options)} -h --help
    else
      _describe -t commands 'command' commands
    fi
    return
  fi
  case $words[CURRENT-1] in
${values.join('\n')}
  esac
  case $words[2] in
${cases.join('\n')}
    help) _describe -t commands 'command' commands; return ;;
  esac
  # One of them is enough.
  ((\${#\${words[3,CURRENT-1]:*values}} == 0)) || values=()
  if [[ $PREFIX == -* ]]; then
    compadd -- $options
  elif ((\${#values})); then
    compadd -- $values
  else
    compadd -- $options
    _files
  fi
}
compdef _dockerfile_generator dockerfile-generator
`;
}

function fish({ program, commands }: Words): string {
  const quote = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const line = (...parts: readonly string[]) => `complete -c dockerfile-generator ${parts.filter(Boolean).join(' ')}`;
  const optionLine = (option: Option, when: string) => {
    const values = valuesOf(option);
    const taken = values.length > 0 ? `-x -a ${quote(values.join(' '))}` : takesValue(option) ? '-r' : '';
    return option.long ? [line(when, `-l ${option.long.slice(2)}`, taken, `-d ${quote(option.description)}`)] : [];
  };
  const lines = commands.flatMap(({ name, description, options, values }) => {
    const when = `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      line('-n __fish_use_subcommand', '-f', `-a ${name}`, `-d ${quote(description)}`),
      ...(values.length > 0 ? [line(when, '-f', `-a ${quote(values.join(' '))}`)] : []),
      ...options.flatMap((option) => optionLine(option, when)),
    ];
  });
  const own = program.options.flatMap((option) => optionLine(option, ''));
  return `# dockerfile-generator completion fish > ~/.config/fish/completions/dockerfile-generator.fish\n${[...lines, ...own].join('\n')}\n`;
}
