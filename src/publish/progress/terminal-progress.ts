import { showDuration } from './duration';
import { reasonOf, type Expected, type Listener, type PublishEvent } from './event';
import type { Step } from '../plan/step';

/** A line of the display: an image of one architecture, or the lists and tags of an image. */
interface Line {
  readonly title: string;
  readonly steps: Set<string>;
  /** When its first step began. */
  begin: number | undefined;
  /** Milliseconds that it took the last time. */
  readonly expected: number;
  /** Shows what is being done; does nothing before the line is drawn, and after its end. */
  output: (text: string) => void;
  finish: (error?: Error) => void;
  readonly done: Promise<void>;
  ended: boolean;
}

/** Columns that the mark of a line takes. */
const INDENT = 8;

/** A live line an image and architecture, with elapsed and expected time; ends with the publish. */
export class TerminalProgress {
  private readonly lines = new Map<string, Line>();

  private running: Promise<unknown> | undefined;

  private timer: NodeJS.Timeout | undefined;

  private readonly state = new Map<string, { readonly doing: string; readonly said: string }>();

  readonly listener: Listener = (event) => {
    if (event.type === 'plan') {
      this.start(event);
      return;
    }
    if (event.type !== 'note' && event.type !== 'receipt') {
      this.tell(event);
    }
  };

  /** Waits until the last line is drawn. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.lines.forEach((line) => line.finish());
    await this.running;
  }

  private start({ plan, expected }: Extract<PublishEvent, { type: 'plan' }>): void {
    for (const step of plan.steps) {
      const title = titleOf(step);
      const line = this.lines.get(title) ?? makeLine(title, plan.steps, expected);
      line.steps.add(step.id);
      this.lines.set(title, line);
    }
    this.running = this.draw();
    this.timer = setInterval(() => this.lines.forEach((line) => this.show(line)), 1000);
    this.timer.unref();
  }

  private async draw(): Promise<void> {
    // An ES module inside: loaded where there is a terminal to draw on.
    const { Listr } = await import('listr2');
    const tasks = [...this.lines.values()].map((line) => ({
      title: line.title,
      task: (_: unknown, task: { output: unknown }): Promise<void> => {
        // It may be over before it is drawn.
        if (!line.ended) {
          line.output = (text) => (task.output = text);
        }
        return line.done;
      },
    }));
    await new Listr(tasks, {
      concurrent: true,
      exitOnError: false,
      rendererOptions: { collapseErrors: false, showErrorMessage: true },
      registerSignalListeners: false,
    }).run();
  }

  private tell(event: Exclude<PublishEvent, { type: 'plan' | 'note' | 'receipt' }>): void {
    const line = this.lines.get(titleOf(event.step));
    if (line === undefined) {
      return;
    }
    switch (event.type) {
      case 'begin':
        line.begin ??= Date.now();
        this.state.set(line.title, { doing: event.step.kind, said: '' });
        break;
      case 'line':
        this.state.set(line.title, { doing: event.step.kind, said: ` ${event.line}` });
        break;
      case 'failed':
        line.finish(new Error(event.problems[0]!.what.slice(0, width())));
        return;
      default:
        line.steps.delete(event.step.id);
        if (line.steps.size === 0) {
          line.finish(event.type === 'skipped' ? new Error(reasonOf(event.because).slice(0, width())) : undefined);
        }
    }
    this.show(line);
  }

  private show(line: Line): void {
    const state = this.state.get(line.title);
    if (state === undefined || line.begin === undefined) {
      return;
    }
    const expected = line.expected > 0 ? ` of about ${showDuration(line.expected)}` : '';
    const time = `(${showDuration(Date.now() - line.begin)}${expected})`;
    line.output(`${state.doing} ${time}${state.said}`.slice(0, width()));
  }
}

/** What fits beside the mark of a line, so that it stays one line. */
function width(): number {
  return (process.stdout.columns || 80) - INDENT;
}

function makeLine(title: string, steps: readonly Step[], expected: Expected): Line {
  let finish: Line['finish'] = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    finish = (error) => (error ? reject(error) : resolve());
  });
  const end: Line['finish'] = (error) => {
    line.output = () => undefined;
    line.ended = true;
    finish(error);
  };
  done.catch(() => undefined);
  const own = steps.filter((step) => titleOf(step) === title);
  const line: Line = {
    title,
    steps: new Set(),
    begin: undefined,
    expected: own.reduce((sum, { id }) => sum + (expected[id] ?? 0), 0),
    output: () => undefined,
    finish: end,
    done,
    ended: false,
  };
  return line;
}

function titleOf(step: Step): string {
  return 'architecture' in step ? `${step.image} ${step.architecture}` : `${step.image} lists and tags`;
}
