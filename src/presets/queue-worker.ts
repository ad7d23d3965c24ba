import type { Construct } from 'constructs';
import { ImagePart, PATHS } from '../image';

/** How a queue is worked off. */
export interface QueueWorkerProps {
  /** Program and arguments; a first word `php` is the PHP of the image. It ends in the way that SIGTERM asks for. */
  readonly command: readonly string[];
  /**
   * How many of them run.
   *
   * @default 1
   */
  readonly processes?: number;
  /**
   * Environment of the workers alone.
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
   * Seconds that a job in hand has to finish when the container stops.
   *
   * @default - `s6.stopTimeout` of the image's configuration
   */
  readonly stopTimeout?: number;
}

/** Programs that s6 keeps running and that work off a queue: services `<id>`, or `<id>-1`, `<id>-2` and so on. */
export class QueueWorker extends ImagePart {
  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { command, processes = 1, ...rest } = props;
    if (!Number.isInteger(processes) || processes < 1 || processes > 64) {
      this.addProblem({
        what: `processes is ${processes}`,
        why: 'each of them is a service of its own',
        next: 'write a whole number from 1 to 64, or leave the worker out',
      });
      return;
    }
    for (let number = 1; number <= processes; number += 1) {
      const name = processes === 1 ? id : `${id}-${number}`;
      this.addLongRun({ ...rest, name, command: withPhp(command), usesApplication: true });
    }
  }
}

/** s6 wants absolute paths. */
export function withPhp([program, ...rest]: readonly string[]): readonly string[] {
  return program === 'php' ? [PATHS.php, ...rest] : [program!, ...rest];
}
