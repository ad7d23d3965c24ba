import { ImageConstruct, ImagePart, Testing, type CronJobProps } from '../../../src';

class Jobs extends ImagePart {}

function imageWith(job?: CronJobProps, crontab: CronJobProps[] = []): ImageConstruct {
  const app = Testing.app();
  const image = new ImageConstruct(app, 'shop', {
    php: '8.4',
    platform: 'debian',
    s6: { crontab: crontab.map(({ command, ...rest }) => ({ ...rest, command: [...command] })) },
  });
  if (job) {
    new Jobs(image, 'jobs').addCronJob(job);
  }
  return image;
}

const CLEAN: CronJobProps = { name: 'clean', schedule: '*/30 * * * *', command: ['php', 'artisan', 'clean'] };

describe('cron jobs', () => {
  it('bring a scheduler under s6 and a file with the times, from a construct and from the configuration', () => {
    // GIVEN
    const image = imageWith(CLEAN, [{ name: 'report', schedule: '@daily', command: ['php', 'report.php'] }]);
    // WHEN
    const { file } = Testing.synth(image.node.root);
    // THEN
    expect(file('shop/amd64/s6-overlay/service/cron/run')).toContain('/usr/local/lib/cron.php');
    expect(file('shop/amd64/config/cron-jobs.php')).toContain("'name' => 'clean'");
    expect(file('shop/amd64/config/cron-jobs.php')).toContain("'minutes' => [0, 30],");
    expect(file('shop/amd64/config/cron-jobs.php')).toContain("'command' => ['php', 'report.php'],");
  });

  it('leave no trace where there is none', () => {
    const { paths } = Testing.synth(imageWith().node.root);
    expect(paths.filter((path) => path.includes('cron'))).toEqual([]);
  });

  it.each([
    [{ ...CLEAN, schedule: '61 * * * *' }, 'is not a schedule'],
    [{ ...CLEAN, name: 'No Name' }, 'is not the name of a cron job'],
    [{ ...CLEAN, command: [] }, 'has no command'],
    [{ ...CLEAN, command: ['php', 'a\nb'] }, 'contains a line break'],
  ])('are refused with their place and reason: %j', (job, reason) => {
    const problems = Testing.problems(imageWith(job).node.root);
    expect(problems).toEqual([expect.objectContaining({ where: 'shop/jobs', what: expect.stringContaining(reason) })]);
  });

  it('are told apart by their names: two of one name are refused, wherever they come from', () => {
    const problems = Testing.problems(imageWith(CLEAN, [{ ...CLEAN, schedule: '@daily' }]).node.root);
    expect(problems).toEqual([
      { where: 'shop/cron', what: 'two cron jobs are named clean', next: 'give one of the two another name' },
    ]);
  });
});
