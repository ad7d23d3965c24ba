/** A program that s6 keeps running. */
export interface LongRun {
  readonly kind: 'longrun';
  /** Lower-case letters, digits and dashes. */
  readonly name: string;
  /** Program and arguments; the program is an absolute path and stays in the foreground. */
  readonly command: readonly string[];
  /** Environment that is set for this service alone. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where it runs, and its readiness check; without one in the directory of the service. */
  readonly directory?: string;
  /** Names of the services that have to be ready first. */
  readonly dependsOn: readonly string[];
  /** Command that succeeds as soon as the service can be used; without one it counts as ready when it was started. */
  readonly readiness?: readonly string[];
  /** Signal that asks it to finish its work and stop. */
  readonly stopSignal: StopSignal;
  /** Seconds that it has to stop before it is killed. */
  readonly stopTimeout: number;
  /** Deaths within a minute after which the container ends with a non-zero status. */
  readonly maxDeaths: number;
}

/** A program that runs once at the start, before every service; the container ends when it fails. */
export interface OneShot {
  readonly kind: 'oneshot';
  readonly name: string;
  readonly command: readonly string[];
  /** Names of the one-shots that have to be done first. */
  readonly dependsOn: readonly string[];
}

/** What s6 supervises. */
export type Service = LongRun | OneShot;

/** Signals that ask a program to stop. */
export type StopSignal = 'SIGTERM' | 'SIGQUIT' | 'SIGINT' | 'SIGHUP' | 'SIGUSR1' | 'SIGUSR2' | 'SIGWINCH';
