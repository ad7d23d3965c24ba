import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandOf, installTarball } from './support/pack';
import { closeTerminals, describeOnTerminal, Terminal, type Screen, type TerminalOptions } from './support/terminal';
import { createProgram } from '../../src/cli/program';

const NAMES = createProgram(() => undefined).commands.map((command) => command.name());

let folder: string;

/** Runs the installed command on a terminal, in the project. */
function run(line: string, options: Partial<TerminalOptions> = {}): Screen {
  return Terminal.run(`dockerfile-generator ${line}`, { directory: folder, ...options, ...withCommand(options) });
}

function withCommand({ environment }: Partial<TerminalOptions>): Pick<TerminalOptions, 'environment'> {
  return { environment: { PATH: `${dirname(commandOf(installTarball()))}:${process.env.PATH}`, ...environment } };
}

/** Without the numbers that change with every rule and file, and with what the catalogue read last. */
function settled({ styled }: Screen): string {
  return styled
    .replace(/\b\d+(?= (?:values|written|unchanged)\b)/g, 'N')
    .replace(/\b\d{4}-\d{2}-\d{2}\b|\b8\.4\.\d+\b|(?<=trixie-)\d+/g, (text) => text.replace(/\d/g, 'N'));
}

describeOnTerminal('on a terminal', () => {
  beforeAll(() => {
    // GIVEN a project with one image, of which one file was edited, and that has another option since
    folder = mkdtempSync(join(installTarball(), 'terminal-'));
    run('init --name shop');
    run('synth');
    const conf = join(folder, 'output/shop/amd64/nginx.conf');
    writeFileSync(conf, readFileSync(conf, 'utf8').replace('server_tokens off', 'server_tokens on'));
  }, 600_000);

  afterAll(() => {
    closeTerminals();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each([80, 120])('of %d columns', (columns) => {
    it('the help of every command fits, has a bold title for each part, and examples', () => {
      const lines = ['', ...NAMES].map((name) => `dockerfile-generator ${name} --help`);
      const { text, styled, broken } = Terminal.run(lines.join('\n'), {
        directory: folder,
        columns,
        ...withCommand({}),
      });
      expect(broken).toEqual([]);
      expect(text.match(/^Usage: /gm)).toHaveLength(NAMES.length + 1);
      expect(styled.match(/^\{1\}Options:\{\}$/gm)).toHaveLength(NAMES.length + 1);
      expect(text.match(/^Examples:\n {2}# \S.*\n(?: {4}\S.*\n)*? {2}dockerfile-generator /gm)).toHaveLength(
        NAMES.length,
      );
    }, 60_000);

    it.each([
      ['ls', 0],
      ['diff', 1],
      ['explain', 0],
      ['explain config', 0],
      ['catalog', 0],
      ['catalog --extensions --php 8.4', 0],
      ['doctor', 0],
      ['validate:config', 1],
    ])('%s fits', (line, status) => {
      const { broken, text } = run(line, { columns });
      // A diff shows the lines of files as they are.
      expect(broken.filter((wide) => !/^[-+ ]/.test(wide) || line !== 'diff')).toEqual([]);
      expect(text).toMatch(new RegExp(`\\[exit ${status}\\]$`));
    });
  });

  it.each([
    'ls',
    'synth --check',
    'explain NGX-002',
    'catalog --php 8.4 --platform debian',
    'test:config',
    'build:dockerfile shop --arch arm64 --output one-architecture',
    'init --app other.ts',
    'synth',
    'synth --force',
    'diff shop',
  ])('%s is shown as it was looked at', (line) => {
    expect(settled(run(line))).toMatchSnapshot();
  });

  it('diff has a colour for what goes and what comes', () => {
    const conf = join(folder, 'output/shop/amd64/nginx.conf');
    writeFileSync(conf, readFileSync(conf, 'utf8').replace('server_tokens off', 'server_tokens on'));
    const { styled } = run('diff');
    expect(styled).toMatch(/^\{1\}--- a\/shop\/amd64\/nginx\.conf\n\+\+\+ b\/shop\/amd64\/nginx\.conf\{\}\n\{36\}@@ /);
    expect(styled).toMatch(/^\{31\}- {2}server_tokens on;\n\{32\}\+ {2}server_tokens off;/m);
    expect(styled).toMatch(/^output: 1 would change, 0 would be added, 0 would be removed\n\[exit 1\]$/m);
  });

  it('validate:config has each layer in the colour of its outcome, and what is wrong below', () => {
    const conf = join(folder, 'output/shop/amd64/nginx.conf');
    writeFileSync(conf, readFileSync(conf, 'utf8').replace('server_tokens off', 'server_tokens on'));
    const { styled } = run('validate:config');
    expect(styled).toMatch(/^schema +\{32\}passed {3}\d+ values of 1 image against the schema,\n {36}each other/);
    expect(styled).toMatch(/^types +\{33\}skipped {2}TypeScript is not installed here/m);
    expect(styled).toMatch(/^output +\{31\}failed {3}output on the disk$/m);
    expect(styled).toMatch(
      /^\{1\}output\/shop\/amd64\/nginx\.conf\{\}\n {2}its bytes are not .*\n {2}do: {2}restore it .*\n {7}synth --force$/m,
    );
    expect(styled).toMatch(/^3 passed, 1 failed, 1 skipped\n\[exit 1\]$/m);
  });

  it.each([
    'sinth',
    'synth --chek',
    'init',
    'ls shp',
    'diff --output .',
    'lock now',
    'explain NGX-02',
    'explain config shpo',
    'catalog --platform debain',
    'catalog:update --mirror 127.0.0.1:9',
    'doctor --jsno',
    'completion tcsh',
    'audit verfy',
    'audit verify nowhere.jsonl',
    'validate:config --php 5.6',
    'test:config --platform windows',
    'test:template shop blog',
    'test:docker --arch x86',
    'test:all --network',
    'test:local --output nowhere',
    'scan',
    'publish --shard 5/4 --registry 127.0.0.1:9',
    'publish:merge nowhere.json',
    'promote --to prodction',
    'build:image --jobs none',
    'build:dockerfile blog',
    'deploy:hub',
    'deploy:manifest --shard 1/2',
  ])('%s is refused as it was looked at', (line) => {
    const screen = run(line);
    expect(screen.broken).toEqual([]);
    expect(settled(screen)).toMatchSnapshot();
  });

  it('a command for every name was tried above', () => {
    const tried = readFileSync(__filename, 'utf8');
    expect(NAMES.filter((name) => !new RegExp(`^ +(?:\\[)?'${name}(?: |')`, 'm').test(tried))).toEqual([]);
  });

  it.each([
    ['a pipe', 'dockerfile-generator ls | cat', {}],
    ['NO_COLOR', 'dockerfile-generator ls', { NO_COLOR: '1' }],
    ['a dumb terminal', 'dockerfile-generator ls', { TERM: 'dumb' }],
  ])('%s has no colours', (_, command, environment) => {
    const { styled } = Terminal.run(command, { directory: folder, ...withCommand({ environment }) });
    expect(styled).toMatch(/^IMAGE +PHP/);
    expect(styled).not.toMatch(/\{\d/);
  });

  it('lines are whole in a pipe, however narrow the terminal', () => {
    const piped = Terminal.run('dockerfile-generator explain config | cat', {
      directory: folder,
      columns: 60,
      ...withCommand({}),
    });
    expect(piped.text).toMatch(/^php\.extensions +\["bcmath",.*,"zip"\] +base$/m);
  });

  it('whoever reads a part of the output ends the command without an error', () => {
    const { text } = run('explain | head -n 2');
    expect(text).toMatch(/^RULE .*\n\S+ .*\n\[exit 0\]$/);
  });

  it.each(['bash', 'zsh', 'fish'])('completion %s is not broken by a terminal', (shell) => {
    mkdirSync(join(folder, 'completions'), { recursive: true });
    const { text } = run(`completion ${shell} > completions/${shell}; wc -l < completions/${shell}`);
    expect(text).toMatch(/^\d{2,}\n\[exit 0\]$/);
  });
});
