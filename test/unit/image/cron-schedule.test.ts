import { parseCronSchedule } from '../../../src/image/cron-schedule';

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a schedule of cron', () => {
  it('means every minute when it restricts nothing', () => {
    expect(parseCronSchedule('* * * * *')).toEqual({
      minutes: range(0, 59),
      hours: range(0, 23),
      days: range(1, 31),
      months: range(1, 12),
      weekdays: range(0, 6),
      eitherDay: false,
    });
  });

  it.each([
    ['*/15 * * * *', { minutes: [0, 15, 30, 45] }],
    ['5/20 * * * *', { minutes: [5, 25, 45] }],
    ['1-9/4,30 * * * *', { minutes: [1, 5, 9, 30] }],
    ['0 3 * * *', { minutes: [0], hours: [3] }],
    ['0 0 1 jan,JUL *', { days: [1], months: [1, 7] }],
    ['0 0 * * mon-fri', { weekdays: [1, 2, 3, 4, 5], eitherDay: false }],
    ['0 0 * * 7', { weekdays: [0] }],
    ['0 0 13 * fri', { days: [13], weekdays: [5], eitherDay: true }],
    ['@hourly', { minutes: [0], hours: range(0, 23) }],
    ['@weekly', { minutes: [0], hours: [0], weekdays: [0] }],
  ])('%s is read as crontab(5) says', (text, expected) => {
    expect(parseCronSchedule(text)).toMatchObject(expected);
  });

  it.each([
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '9-1 * * * *',
    '*/0 * * * *',
    'a * * * *',
    '@never',
    '1; rm * * * *',
    'constructor',
    '__proto__',
  ])('%s is none', (text) => {
    expect(parseCronSchedule(text)).toBeUndefined();
  });
});
