import type { Construct } from 'constructs';
import { QueueWorker } from './queue-worker';
import { ImagePart, PATHS } from '../image';

/** What of Symfony runs in an image. */
export interface SymfonyProps {
  /**
   * Transports of Messenger that are consumed, in the order in which they are asked; `scheduler_default` runs the tasks
   * of Scheduler.
   *
   * @default - none
   */
  readonly transports?: readonly string[];
  /**
   * Processes that consume them.
   *
   * @default 1
   */
  readonly workers?: number;
  /**
   * APP_ENV.
   *
   * @default 'prod'
   */
  readonly environment?: string;
}

/** The volume that every image has. */
const STATE = '/data/symfony';

/**
 * An application of Symfony in the directory of the application: consumers of Messenger, and caches and logs outside of
 * the code, which is read-only. Entry point is `public/index.php`.
 */
export class Symfony extends ImagePart {
  constructor(scope: Construct, id = 'symfony', props: SymfonyProps = {}) {
    super(scope, id);
    const { transports = [], workers = 1, environment = 'prod' } = props;
    this.addEnvironment('APP_ENV', environment);
    this.addEnvironment('APP_CACHE_DIR', `${STATE}/cache`);
    this.addEnvironment('APP_LOG_DIR', `${STATE}/log`);
    if (transports.length > 0) {
      new QueueWorker(this, 'messenger', {
        processes: workers,
        command: ['php', `${PATHS.application}/bin/console`, 'messenger:consume', ...transports, '--time-limit=3600'],
      });
    }
  }
}
