import type { Construct } from 'constructs';
import { CronJob } from './cron-job';
import { makeDirectories } from './make-directories';
import { QueueWorker } from './queue-worker';
import { requireExtensions } from './required-extensions';
import { ImagePart, PATHS } from '../image';

/** What of Laravel runs in an image. */
export interface LaravelProps {
  /**
   * Processes that work off the queue; 0 where another container does.
   *
   * @default 1
   */
  readonly queueWorkers?: number;
  /**
   * Queues, in the order in which they are asked.
   *
   * @default ['default']
   */
  readonly queues?: readonly string[];
  /**
   * Whether `schedule:run` is started every minute.
   *
   * @default true
   */
  readonly scheduler?: boolean;
}

/** `require` of laravel/framework, 13; what of it PHP always has is left out. */
const EXTENSIONS = ['ctype', 'mbstring', 'openssl', 'session', 'tokenizer'];

/** Where an application of Laravel writes. */
const STORAGE = '/data/laravel';

/** Directories that Laravel expects below its storage, which is empty at first. */
const DIRECTORIES = ['app/public', 'framework/cache/data', 'framework/sessions', 'framework/views', 'logs'];

/**
 * What Laravel would write to `bootstrap/cache`, which is read-only, by the variable that moves it: normalizeCachePath of
 * Illuminate\Foundation\Application, which looks at LARAVEL_STORAGE_PATH too.
 */
const CACHES = ['config', 'events', 'packages', 'routes', 'services'] as const;

/**
 * An application of Laravel, in whose code nothing is written: the queue worker, the scheduler, its storage and the files
 * of `bootstrap/cache` on the volume /data, and logs where the container's are. Entry point is `public/index.php`. Its
 * settings come as variables, or as a file `.env` that is mounted.
 *
 * @see https://laravel.com/docs/deployment for the document root, https://laravel.com/docs/scheduling for the one entry
 * of cron, https://laravel.com/docs/queues for `queue:work --max-time`
 */
export class Laravel extends ImagePart {
  constructor(scope: Construct, id = 'laravel', props: LaravelProps = {}) {
    super(scope, id);
    requireExtensions(this, 'Laravel', EXTENSIONS);
    const { queueWorkers = 1, queues = ['default'], scheduler = true } = props;
    this.addOneShot({
      name: 'laravel-storage',
      command: makeDirectories(DIRECTORIES.map((path) => `${STORAGE}/${path}`)),
    });
    this.addEnvironment('LARAVEL_STORAGE_PATH', STORAGE);
    this.addEnvironment('LOG_CHANNEL', 'stderr');
    for (const cache of CACHES) {
      this.addEnvironment(`APP_${cache.toUpperCase()}_CACHE`, `${STORAGE}/framework/${cache}.php`);
    }
    if (queueWorkers !== 0) {
      new QueueWorker(this, 'queue', {
        processes: queueWorkers,
        command: [
          'php',
          `${PATHS.application}/artisan`,
          'queue:work',
          `--queue=${queues.join(',')}`,
          '--max-time=3600',
        ],
      });
    }
    if (scheduler) {
      new CronJob(this, 'schedule', {
        schedule: '* * * * *',
        command: ['php', `${PATHS.application}/artisan`, 'schedule:run'],
      });
    }
  }
}
