import type { Construct } from 'constructs';
import { QueueWorker } from './queue-worker';
import { requireExtensions } from './required-extensions';
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

/** https://symfony.com/doc/8.0/setup.html; what of it PHP always has is left out. */
const EXTENSIONS = ['ctype', 'iconv', 'session', 'simplexml', 'tokenizer'];

/** The volume that every image has. */
const STATE = '/data/symfony';

/**
 * An application of Symfony in the directory of the application: consumers of Messenger, and caches, logs and shared
 * files outside of the code, which is read-only, by the variables that MicroKernelTrait reads. Entry point is
 * `public/index.php`. Settings come as variables; symfony/dotenv wants a file all the same, `.env.local.php` or
 * `.env.dist` among the paths of an `Application`.
 *
 * @see https://symfony.com/doc/current/messenger.html for `messenger:consume --time-limit`,
 * https://symfony.com/doc/current/scheduler.html for the transport `scheduler_default`
 */
export class Symfony extends ImagePart {
  constructor(scope: Construct, id = 'symfony', props: SymfonyProps = {}) {
    super(scope, id);
    requireExtensions(this, 'Symfony', EXTENSIONS);
    const { transports = [], workers = 1, environment = 'prod' } = props;
    this.addEnvironment('APP_ENV', environment);
    this.addEnvironment('APP_CACHE_DIR', `${STATE}/cache`);
    this.addEnvironment('APP_LOG_DIR', `${STATE}/log`);
    this.addEnvironment('APP_SHARE_DIR', `${STATE}/share`);
    if (transports.length > 0) {
      new QueueWorker(this, 'messenger', {
        processes: workers,
        command: ['php', `${PATHS.application}/bin/console`, 'messenger:consume', ...transports, '--time-limit=3600'],
      });
    }
  }
}
