import type { CommandResult, Engine, ImageSettings } from './engine';
import type { Server } from './server';
import type { TarEntry } from './tar-reader';
import type { VerifiedImage } from './verified-image';

/** How a server is started, where it differs from the image's README. */
export interface StartOptions {
  /** `uid:gid` */
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a check looks at: one image, seen in every way. */
export interface Subject {
  /** Reference of the image. */
  readonly reference: string;
  readonly image: VerifiedImage;
  readonly engine: Engine;
  /** A bound in milliseconds, stretched for slow machines. */
  bound(milliseconds: number): number;
  /** The server that checks share: one that disturbs it waits until it serves again. */
  server(): Promise<Server>;
  /** A server of the check's own, ready. */
  start(options?: StartOptions): Promise<Server>;
  /** A container with the services that is not waited for. */
  launch(options?: StartOptions): Promise<string>;
  /** Runs a command without the servers, under the same flags. */
  command(...command: string[]): Promise<CommandResult>;
  /** Every file of the image. */
  files(): Promise<readonly TarEntry[]>;
  /** Text of a configuration file of the image; empty where there is none. */
  text(path: string): Promise<string>;
  settings(): Promise<ImageSettings>;
  /** Runs an experiment once for all checks that look at it. */
  once<T>(key: string, experiment: () => Promise<T>): Promise<T>;
}
