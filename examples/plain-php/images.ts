import { CronJob, ImageConstruct, QueueWorker, type ImageApp } from 'projen-nginx-php';

/** Plain PHP: a page that takes jobs, two workers that do them, and a report every minute. The code is in app/. */
export default function images(app: ImageApp): void {
  const plain = new ImageConstruct(app, 'plain', { platform: 'debian', php: '8.4' });
  new QueueWorker(plain, 'worker', { processes: 2, command: ['php', '/var/www/html/worker.php'] });
  new CronJob(plain, 'report', { schedule: '* * * * *', command: ['php', '/var/www/html/report.php'] });
}
