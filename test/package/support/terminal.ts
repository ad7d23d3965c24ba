import { execFileSync, spawnSync } from 'node:child_process';
import { skip } from '../../e2e/engine';

/** Where the panes of this process are: a server of its own, with nobody's settings. */
const SERVER = ['-L', `test-${process.pid}`, '-f', '/dev/null'];

/** How a terminal is. */
export interface TerminalOptions {
  readonly directory: string;
  /** Columns. @default 80 */
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a person sees. */
export interface Screen {
  /** Lines as they were printed, whole though the terminal broke them. */
  readonly text: string;
  /** With marks where a style begins: `{1}` is bold, `{32}` green, `{}` none. */
  readonly styled: string;
  /** Lines that were wider than the terminal. */
  readonly broken: readonly string[];
}

let sessions = 0;

/** A real terminal, by tmux, in which one command runs. */
export class Terminal {
  /** Runs a command to its end; its exit status is the last line. */
  static run(command: string, options: TerminalOptions): Screen {
    const terminal = new Terminal(command, options);
    try {
      return terminal.end();
    } finally {
      terminal.close();
    }
  }

  private readonly session = `s${(sessions += 1)}`;

  private readonly columns: number;

  constructor(command: string, { directory, columns = 80, environment = {} }: TerminalOptions) {
    this.columns = columns;
    // By the shell, since tmux has its own mind about PATH and TERM.
    const settings = Object.entries({ CI: '', ...environment }).map(([name, value]) => `export ${name}='${value}'`);
    const script = [
      ...settings,
      'trap : INT',
      command,
      `printf '[exit %s]\\n' "$?"`,
      `tmux wait-for -S ${this.session}`,
      'exec sleep 600',
    ];
    const size = ['-x', String(columns), '-y', '200'];
    const session = ['new-session', '-d', '-s', this.session, ...size, '-c', directory, 'sh', '-c', script.join('\n')];
    // It goes on when the last pane is closed, for the next one.
    tmux(...session, ';', 'set-option', '-s', 'exit-empty', 'off');
  }

  /** Types keys by their names: `Enter`, `C-c`, or letters. */
  type(...keys: readonly string[]): void {
    tmux('send-keys', '-t', this.session, ...keys);
  }

  /** Waits until the screen shows something. */
  shows(what: RegExp): void {
    for (let tries = 0; !what.test(this.capture('-J')); tries += 1) {
      if (tries > 600) {
        throw new Error(`the terminal never showed ${String(what)}:\n${this.capture('-J')}`);
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }

  /** Waits for the end of the command, and looks at the screen. */
  end(): Screen {
    tmux('wait-for', this.session);
    const text = trimmed(this.capture('-J'));
    return {
      text,
      styled: markStyles(this.capture('-J', '-e')),
      broken: text.split('\n').filter((line) => line.length > this.columns),
    };
  }

  close(): void {
    tmux('kill-session', '-t', this.session);
  }

  private capture(...options: string[]): string {
    return tmux('capture-pane', '-p', '-S', '-', ...options, '-t', this.session);
  }
}

/** Styles as marks; tmux writes their end at the beginning of the next line, and names the colours of the terminal. */
function markStyles(text: string): string {
  const marked = text
    // eslint-disable-next-line no-control-regex -- the beginnings of styles
    .replace(/\u001b\[([\d;]*)m/g, (_, style: string) =>
      ['39', '49'].includes(style) ? '' : `{${style.replace('0', '')}}`,
    )
    .replace(/\n\{\}/g, '{}\n');
  return trimmed(marked);
}

function trimmed(text: string): string {
  return text.replace(/[ \t]+$/gm, '').trimEnd();
}

function tmux(...args: string[]): string {
  return execFileSync('tmux', [...SERVER, ...args], {
    encoding: 'utf8',
    env: { ...process.env, TERM: 'xterm-256color', TMUX: '', NO_COLOR: undefined, FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
}

/** `describe` where there is tmux; else the tests are skipped and say why, or fail where REQUIRE_ENGINE=1 is set. */
export function describeOnTerminal(title: string, tests: () => void): void {
  if (spawnSync('tmux', ['-V']).status === 0) {
    describe(title, tests);
  } else if (process.env.REQUIRE_ENGINE === '1') {
    it(`${title}: tmux is required`, () => {
      throw new Error('tmux is not installed: run .ci/testbed');
    });
  } else {
    skip(title, 'tmux is not installed: run .ci/testbed', tests);
  }
}

/** Ends the server, and what still runs in its panes. */
export function closeTerminals(): void {
  spawnSync('tmux', [...SERVER, 'kill-server']);
}
