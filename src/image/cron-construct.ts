import type { Construct } from 'constructs';
import type { Problem } from '../errors';
import { renderPhpReturn, type ContextFile, type LongRun } from '../model';
import { readAsset } from './asset';
import { parseCronSchedule } from './cron-schedule';
import { ImageConstruct } from './image-construct';
import { ImagePart, imageParts } from './image-part';
import { PATHS } from './paths';

/** Where the scheduler and its jobs lie in the image. */
const SCRIPT = '/usr/local/lib/cron.php';
const JOBS = '/usr/local/share/cron-jobs.php';

/**
 * Runs the cron jobs of every construct in the image. The distributions' cron daemons want root; this one is a PHP
 * script under s6 that starts each job, as the user of the server, with its output in the container's log.
 */
export class CronConstruct extends ImagePart {
  private readonly image: ImageConstruct;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.image = ImageConstruct.of(this);
    for (const job of this.image.config.s6.crontab) {
      this.addCronJob(job);
    }
  }

  /** What was found wrong so far, and names that two jobs have: the scheduler tells jobs apart by their names. */
  override get problems(): readonly Problem[] {
    const names = this.jobs.map(({ name }) => name);
    const twins = names.filter((name, index) => names.indexOf(name) !== index);
    return [
      ...super.problems,
      ...twins.map((name) => ({
        where: this.node.path,
        what: `two cron jobs are named ${name}`,
        next: 'give one of the two another name',
      })),
    ];
  }

  /** The scheduler, where there is a job. */
  get services(): LongRun[] {
    if (this.jobs.length === 0) {
      return [];
    }
    const { php, s6 } = this.image.config;
    return [
      {
        kind: 'longrun',
        name: 'cron',
        command: [PATHS.php, '-n', '-d', `date.timezone=${php.timezone}`, SCRIPT],
        environment: {},
        directory: PATHS.application,
        dependsOn: [],
        stopSignal: 'SIGTERM',
        stopTimeout: s6.stopTimeout,
        maxDeaths: s6.maxDeaths,
      },
    ];
  }

  override renderFiles(): readonly ContextFile[] {
    if (this.jobs.length === 0) {
      return [];
    }
    const jobs = this.jobs.map(({ name, schedule, command }) => ({ name, command, ...parseCronSchedule(schedule)! }));
    return [
      { path: 'config/cron-jobs.php', target: JOBS, executable: false, content: renderPhpReturn('Cron jobs', jobs) },
      { path: 'scripts/cron.php', target: SCRIPT, executable: false, content: readAsset('cron.php') },
    ];
  }

  private get jobs() {
    return imageParts(this.image).flatMap((part) => part.contributions.cronJobs);
  }
}
