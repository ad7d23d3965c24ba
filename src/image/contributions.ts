import type { LongRun, OneShot, StopSignal } from '../model';

/**
 * Packages of the distribution, by platform name where they differ:
 * `'imagemagick'` or `{ alpine: 'imagemagick', debian: 'imagemagick', ubuntu: 'imagemagick' }`.
 */
export type PackageName = string | Readonly<Record<string, string>>;

/** A file that an image gets. It belongs to root and is not writable by the running server. */
export interface FileProps {
  /** Absolute path in the image. */
  readonly target: string;
  /** Its bytes, as text with LF line ends. */
  readonly content: string;
  /**
   * Whether it may be run: mode 0755 instead of 0644.
   *
   * @default false
   */
  readonly executable?: boolean;
}

/** A long-running program under s6. */
export interface LongRunProps {
  /** Lower-case letters, digits and dashes. */
  readonly name: string;
  /**
   * Program (absolute path) and arguments. It runs in the directory of the application, stays in the foreground, and logs
   * to stdout and stderr.
   */
  readonly command: readonly string[];
  /**
   * Environment for this service alone.
   *
   * @default - that of the container
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Names of services that have to be ready first.
   *
   * @default - none
   */
  readonly dependsOn?: readonly string[];
  /**
   * Command that succeeds as soon as the service can be used, tried every 10 ms.
   *
   * @default - the service counts as ready when it was started
   */
  readonly readiness?: readonly string[];
  /**
   * Signal that asks it to finish and stop.
   *
   * @default 'SIGTERM'
   */
  readonly stopSignal?: StopSignal;
  /**
   * Seconds that it has to stop.
   *
   * @default - `s6.stopTimeout` of the image's configuration
   */
  readonly stopTimeout?: number;
  /**
   * Deaths within a minute after which the container ends.
   *
   * @default - `s6.maxDeaths` of the image's configuration
   */
  readonly maxDeaths?: number;
  /**
   * Whether it needs the application's code, or what the code needs, such as a database. A verification (`test:local`)
   * runs an application of its own, and sets such a program aside.
   *
   * @default - whether the command names a path of the application
   */
  readonly usesApplication?: boolean;
}

/**
 * A program that runs once at the start of the container, in the directory of the application and before the services:
 * one after another, by name where `dependsOn` leaves a choice, and after the settings of the container were found to be
 * right.
 */
export interface OneShotProps {
  readonly name: string;
  /** Program and arguments; the container ends when it fails. */
  readonly command: readonly string[];
  /**
   * Names of one-shots that have to be done first.
   *
   * @default - none
   */
  readonly dependsOn?: readonly string[];
  /**
   * Whether it needs the application's code, or what the code needs, such as a database. A verification (`test:local`)
   * runs an application of its own, and sets such a program aside.
   *
   * @default - whether the command names a path of the application
   */
  readonly usesApplication?: boolean;
}

/** A directory that the running server may write to; everything else is read-only. */
export interface WritablePath {
  readonly path: string;
  /** `tmpfs`: gone with the container. `volume`: outlives it. */
  readonly kind: 'tmpfs' | 'volume';
  /** Whether programs may be run from it; s6-overlay needs that of /run. */
  readonly exec: boolean;
  /** Mode of the directory, octal: `0770`. */
  readonly mode: string;
  /**
   * How much fits into it, such as `64M`: of a tmpfs the most memory that it takes, of a volume what is asked for.
   *
   * @default - 64M for a tmpfs, 1G for a volume
   */
  readonly size?: string;
  /** What it is for: one clause for people. */
  readonly purpose: string;
}

/** A shell script that runs while the root file system is put together, after every file is in its place. */
export interface BuildStepProps {
  /** Lower-case letters, digits and dashes; steps run in the order of the tree. */
  readonly name: string;
  /** POSIX shell, run with `set -eu`; `$rootfs` is the root of the image to be. */
  readonly script: string;
}

/** A command that runs at given times, as the user of the server, in the directory of the application. */
export interface CronJobProps {
  /** Lower-case letters, digits and dashes. */
  readonly name: string;
  /** Five fields as in crontab(5): minute, hour, day of the month, month, day of the week; or `@hourly` and the like. */
  readonly schedule: string;
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
}

/** Where Composer comes from: the distribution's signed package, or a release of its makers by its checksum. */
export type ComposerSource = 'distribution' | 'download';

/** The code of an application, which a stage of the build brings into the image. It belongs to root. */
export interface ApplicationProps {
  /**
   * Files and directories that the image gets, relative to `directory`: `['bin', 'config', 'public', 'src']`. Nothing
   * else gets in, and of a directory nothing whose name begins with a dot, except `.well-known`.
   */
  readonly paths: readonly string[];
  /**
   * Directory of the application, relative to the working directory of the synthesis, as the output is.
   *
   * @default '.'
   */
  readonly directory?: string;
  /**
   * What installs the packages of `composer.lock`, without those for development, in a stage that is thrown away;
   * `false` for an application without Composer.
   *
   * @default - that of the distribution where the release packages one and has this PHP itself, else a download
   */
  readonly composer?: ComposerSource | false;
  /**
   * Packages of the distribution that Composer needs for its work, such as `git` for packages that come from sources.
   *
   * @default - none
   */
  readonly buildPackages?: readonly PackageName[];
}

/** What one construct gives to its image. */
export interface Contributions {
  readonly packages: PackageName[];
  readonly files: FileProps[];
  readonly longRuns: LongRunProps[];
  readonly oneShots: OneShotProps[];
  readonly cronJobs: CronJobProps[];
  readonly environment: Map<string, string>;
  readonly writablePaths: WritablePath[];
  readonly ports: number[];
  readonly buildSteps: BuildStepProps[];
  /** One at most in an image. */
  readonly applications: ApplicationProps[];
}

/** The services that a construct contributes, with the defaults of its image filled in. */
export function toServices(
  contributions: Contributions,
  defaults: { readonly stopTimeout: number; readonly maxDeaths: number },
): Array<LongRun | OneShot> {
  return [
    ...contributions.oneShots.map((props): OneShot => ({
      kind: 'oneshot',
      name: props.name,
      command: props.command,
      dependsOn: props.dependsOn ?? [],
    })),
    ...contributions.longRuns.map((props): LongRun => ({
      kind: 'longrun',
      name: props.name,
      command: props.command,
      environment: props.environment ?? {},
      dependsOn: props.dependsOn ?? [],
      readiness: props.readiness,
      stopSignal: props.stopSignal ?? 'SIGTERM',
      stopTimeout: props.stopTimeout ?? defaults.stopTimeout,
      maxDeaths: props.maxDeaths ?? defaults.maxDeaths,
    })),
  ];
}
