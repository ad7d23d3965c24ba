import type { Readable } from 'node:stream';

/** How a program ended and what it said. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory of the host that a container sees, read-only. */
export interface BindMount {
  readonly source: string;
  readonly target: string;
}

/** A file system in memory. */
export interface MemoryMount {
  readonly target: string;
  /** `rw,exec,nosuid,nodev,uid=10001,gid=0,mode=0775` */
  readonly options: string;
}

/** How a container runs. Read-only root, no capabilities and no new privileges are not options. */
export interface RunOptions {
  /** Reference of the image. */
  readonly image: string;
  /** As in `docker run --platform`; @default - that of the image */
  readonly platform?: string;
  /** `uid:gid`; @default - that of the image */
  readonly user?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMounts: readonly MemoryMount[];
  /** Paths that get an anonymous volume each. */
  readonly volumes: readonly string[];
  readonly bindMounts: readonly BindMount[];
  /** Ports that are published to a free port of the loopback address. */
  readonly ports: readonly number[];
  /** `512m` */
  readonly memory: string;
  readonly pids: number;
  /** Further security options, such as `seccomp=seccomp.json`. */
  readonly securityOptions: readonly string[];
}

/** What the engine knows of a container. */
export interface ContainerState {
  readonly running: boolean;
  /** Of a container that has ended. */
  readonly exitCode: number;
  /** Process id of the first process, as the host counts; 0 when it is not running. */
  readonly pid: number;
  /** `starting`, `healthy`, `unhealthy`; undefined without a health check. */
  readonly health?: string;
  /** Ends of the health checks that passed, in milliseconds since 1970. */
  readonly passedHealthChecks: readonly number[];
}

/** What an image says of itself. */
export interface ImageSettings {
  /** `uid:gid` */
  readonly user: string;
  /** `NAME=value` */
  readonly environment: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly ports: readonly string[];
  readonly healthcheck?: readonly string[];
}

/** How an image is built from a context. */
export interface BuildOptions {
  readonly context: string;
  readonly tag: string;
  readonly platform: string;
  /** Stages that are taken from elsewhere: `base=docker-image://mirror/debian:trixie`. */
  /** Secrets, as `docker buildx build --secret` has them. */
  readonly secrets?: readonly string[];
  readonly buildContexts: readonly string[];
  /** Network of the build: `host`, `none`; @default - that of the builder */
  readonly network?: string;
}

/** What builds and runs containers. Everything that a verification asks of Docker stands here. */
export interface Engine {
  /** Throws DOCKER_ERROR, with what to install, where containers cannot be run. */
  assertRuns(): Promise<void>;
  /** Throws DOCKER_ERROR, with what to install, where images cannot be built. */
  assertBuilds(): Promise<void>;
  build(options: BuildOptions): Promise<void>;
  /** Throws DOCKER_ERROR where there is no such image, here or in its registry. */
  assertImage(image: string, platform?: string): Promise<void>;
  inspectImage(image: string): Promise<ImageSettings>;
  /** Every file of an image as a tar stream, read without running it. */
  exportImage<T>(image: string, read: (archive: Readable) => Promise<T>): Promise<T>;
  /** Runs a command in a container of its own, which is removed. */
  run(options: RunOptions, command: readonly string[]): Promise<CommandResult>;
  /** Makes a container that does not run yet; gives its id. */
  create(options: RunOptions): Promise<string>;
  start(container: string): Promise<void>;
  inspect(container: string): Promise<ContainerState>;
  /** Where a published port is reached: `127.0.0.1:32768`. */
  address(container: string, port: number): Promise<string>;
  exec(container: string, command: readonly string[]): Promise<CommandResult>;
  /** What the container wrote so far. */
  logs(container: string): Promise<{ readonly stdout: string; readonly stderr: string }>;
  /** Process ids of the container, as the host counts. */
  top(container: string): Promise<number[]>;
  /** Sends a signal to the first process. */
  signal(container: string, signal: string): Promise<void>;
  /** Waits for the end; gives the exit status. */
  wait(container: string): Promise<number>;
  /** Removes a container, running or not, with its anonymous volumes. */
  remove(container: string): Promise<void>;
}
