import type { Redactor } from './redact';

/** How much is written down: each level takes those behind it along. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** One of the levels. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Writes down what happens, for programs and for later. */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
  /** Waits until all of it is written. */
  close(): Promise<void>;
}

/** Where and how a log is written. */
export interface LogOptions {
  /** @default 'info' */
  readonly level?: LogLevel;
  /** `json`: an object a line; `pretty`: lines for people. @default 'json' */
  readonly style?: 'json' | 'pretty';
  /** File of the log. @default - stderr */
  readonly file?: string;
  /** When a file is put aside and begun anew. @default - 10 MB, 1 day, 7 files */
  readonly rotation?: Rotation;
  readonly redactor: Redactor;
}

/** When a log is put aside, and how many of those are kept. */
export interface Rotation {
  /** `10M`, `512K` */
  readonly size: string;
  /** `1d`, `12h` */
  readonly age: string;
  /** Files that are kept beside the newest. */
  readonly files: number;
}

/** The rotation of a log file unless somebody says otherwise. */
export const DEFAULT_ROTATION: Rotation = { size: '10M', age: '1d', files: 7 };

/** Nothing is written down. */
export const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  close: () => Promise.resolve(),
};
