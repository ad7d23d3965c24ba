/** One instruction of a Dockerfile, as data; `renderDockerfile` gives it its text. */
export type Instruction =
  | CommentInstruction
  | AddInstruction
  | ArgInstruction
  | CopyInstruction
  | EnvInstruction
  | ExecInstruction
  | ExposeInstruction
  | HealthcheckInstruction
  | LabelInstruction
  | RunInstruction
  | StopSignalInstruction
  | UserInstruction
  | WorkdirInstruction;

/** A line for the reader. */
export interface CommentInstruction {
  readonly kind: 'comment';
  readonly text: string;
}

/** A download, always with its checksum. */
export interface AddInstruction {
  readonly kind: 'add';
  readonly url: string;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Absolute path; ends with `/` for a directory. */
  readonly target: string;
}

/** A build argument. */
export interface ArgInstruction {
  readonly kind: 'arg';
  readonly name: string;
  readonly value?: string;
}

/** A copy from another stage. Files of the context arrive by a bind mount of a RUN. */
export interface CopyInstruction {
  readonly kind: 'copy';
  readonly from: string;
  readonly source: string;
  readonly target: string;
}

/** Environment of the container. */
export interface EnvInstruction {
  readonly kind: 'env';
  readonly values: Readonly<Record<string, string>>;
}

/** ENTRYPOINT, always in exec form. CMD is left to the person who starts the container. */
export interface ExecInstruction {
  readonly kind: 'entrypoint';
  readonly command: readonly string[];
}

/** Ports that the server listens on. */
export interface ExposeInstruction {
  readonly kind: 'expose';
  readonly ports: readonly number[];
}

/** A health check in exec form. Durations in milliseconds. */
export interface HealthcheckInstruction {
  readonly kind: 'healthcheck';
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly startInterval: number;
  readonly retries: number;
}

/** Labels of the image. */
export interface LabelInstruction {
  readonly kind: 'label';
  readonly values: Readonly<Record<string, string>>;
}

/** A shell command; its parts are joined with `&&`. */
export interface RunInstruction {
  readonly kind: 'run';
  readonly commands: readonly RunCommand[];
  /** Where the build context is mounted, read-only, while the command runs. */
  readonly contextAt?: string;
  /**
   * Directory of the context that is mounted.
   *
   * @default - the whole of it
   */
  readonly contextPath?: string;
  /**
   * What else is mounted while the command runs.
   *
   * @default - nothing
   */
  readonly mounts?: readonly RunMount[];
}

/** A stage, read-only, or a secret of whoever builds, which no layer keeps; without one there is no file. */
export type RunMount =
  | { readonly kind: 'stage'; readonly stage: string; readonly source?: string; readonly target: string }
  | { readonly kind: 'secret'; readonly id: string; readonly target: string };

/** A command: its words, and words that are lists, one to a line (packages). */
export interface RunCommand {
  readonly words: readonly string[];
  readonly list?: readonly string[];
}

/** Signal that stops the container. */
export interface StopSignalInstruction {
  readonly kind: 'stopsignal';
  readonly signal: string;
}

/** Numeric user and group. */
export interface UserInstruction {
  readonly kind: 'user';
  readonly uid: number;
  readonly gid: number;
}

/** Working directory. */
export interface WorkdirInstruction {
  readonly kind: 'workdir';
  readonly path: string;
}
