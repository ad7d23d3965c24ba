import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandOf, installTarball } from './support/pack';
import { closeTerminals, describeOnTerminal, Terminal } from './support/terminal';

/** A shell without anybody's settings, and what a person types to have the completion in it. */
const SHELLS: ReadonlyArray<readonly [shell: string, start: string, load: string]> = [
  ['bash', 'bash --norc --noprofile', '. <(dockerfile-generator completion bash)'],
  ['zsh', 'zsh -f', 'autoload -U compinit; compinit -D; . <(dockerfile-generator completion zsh)'],
  ['fish', 'fish --no-config', 'dockerfile-generator completion fish | source'],
];

describeOnTerminal('completion', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(installTarball(), 'completion-'));
  }, 600_000);

  afterAll(() => {
    closeTerminals();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(SHELLS)(
    'completes names, options and values in %s',
    (shell, start, load) => {
      if (spawnSync(shell, ['--version']).error) {
        process.stderr.write(`skipped: completion in ${shell}: it is not installed: run .ci/testbed\n`);
        expect(process.env.REQUIRE_ENGINE).not.toBe('1');
        return;
      }
      // GIVEN
      const PATH = `${dirname(commandOf(installTarball()))}:${process.env.PATH}`;
      const environment = { PATH, HOME: folder, PS1: '> ' };
      const terminal = new Terminal(start, { directory: folder, columns: 120, environment });
      terminal.type(
        '-l',
        `${load}; echo ready-(math 1 + 1)`.replace('(math 1 + 1)', shell === 'fish' ? '(math 1 + 1)' : '$((1 + 1))'),
      );
      terminal.type('Enter');
      terminal.shows(/^ready-2/m);
      // WHEN Tab is pressed in the middle of each word
      for (const [typed, becomes] of [
        ['dockerfile-generator build:d', /dockerfile-generator build:dockerfile/],
        [' --plat', /build:dockerfile +--platform/],
        [' alp', /--platform +alpine/],
        [' --arch ar', /alpine +--arch +arm64/],
      ] as const) {
        terminal.type('-l', typed);
        terminal.type('Tab');
        // THEN
        terminal.shows(becomes);
      }
      terminal.type('C-c');
      terminal.type('-l', 'dockerfile-generator audit v');
      terminal.type('Tab');
      terminal.shows(/audit verify/);
      terminal.close();
    },
    60_000,
  );
});
