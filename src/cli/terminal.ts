import * as util from 'node:util';
import { fitLines } from './wrap';

/** Colours and weights that the commands use. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** A stream that a person may look at. */
export type Stream = 'stdout' | 'stderr';

/** Prints a result: what another program may read. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Prints a result in lines that a terminal does not break. */
export function printLines(text: string): void {
  print(fitLines(text, terminalWidth('stdout')));
}

/** Tells the person at the terminal something that is not the result. */
export function note(text: string): void {
  process.stderr.write(text);
}

/** Warns the person at the terminal. */
export function warn(text: string): void {
  note(`${paint('yellow', 'warning:', 'stderr')} ${text}\n`);
}

/** Prints a result as JSON. */
export function printJson(value: unknown): void {
  print(`${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Whether a stream shows colours: a terminal does, unless NO_COLOR is set (https://no-color.org) or TERM is dumb;
 * FORCE_COLOR makes anything else do too.
 */
export function hasColours(stream: Stream, environment: NodeJS.ProcessEnv = process.env): boolean {
  if (environment.NO_COLOR) {
    return false;
  }
  if (environment.FORCE_COLOR !== undefined) {
    return !['', '0', 'false'].includes(environment.FORCE_COLOR);
  }
  return process[stream].isTTY === true && environment.TERM !== 'dumb';
}

/** Columns of a terminal that a stream goes to; undefined where it goes anywhere else, so that lines stay whole. */
export function terminalWidth(stream: Stream): number | undefined {
  return process[stream].isTTY ? process[stream].columns || undefined : undefined;
}

/** A text in a style, where the stream shows colours. */
export function paint(style: Style, text: string, stream: Stream = 'stdout'): string {
  return hasColours(stream) && text !== '' ? styleText(style, text, { validateStream: false }) : text;
}

/** node looks at stdout by itself from some version on; what a stream shows was decided here. */
const styleText = util.styleText as (format: Style, text: string, options: { validateStream: boolean }) => string;
