/** A schedule as the sets of numbers at which it is due. */
export interface CronSchedule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** Whether day and weekday are both restricted: then either will do. */
  readonly eitherDay: boolean;
}

const SHORTHANDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Parses a schedule as crontab(5) has it; undefined for one that is none. */
export function parseCronSchedule(text: string): CronSchedule | undefined {
  const fields = (Object.hasOwn(SHORTHANDS, text) ? SHORTHANDS[text]! : text).trim().split(/\s+/);
  if (fields.length !== 5) {
    return undefined;
  }
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string];
  const minutes = parseField(minute, 0, 59);
  const hours = parseField(hour, 0, 23);
  const days = parseField(day, 1, 31);
  const months = parseField(named(month, MONTHS, 1), 1, 12);
  const weekdays = parseField(named(weekday, WEEKDAYS, 0), 0, 7);
  if (!minutes || !hours || !days || !months || !weekdays) {
    return undefined;
  }
  return {
    minutes,
    hours,
    days,
    months,
    weekdays: unique(weekdays.map((number) => number % 7)),
    eitherDay: !day.startsWith('*') && !weekday.startsWith('*'),
  };
}

function named(field: string, names: readonly string[], first: number): string {
  return field.replace(/[a-z]{3}/gi, (name) => {
    const index = names.indexOf(name.toLowerCase());
    return index < 0 ? name : String(index + first);
  });
}

/** Every number, one, a range, each with a step, and lists of these. */
function parseField(field: string, low: number, high: number): number[] | undefined {
  const parts = field.split(',').map((part) => parseRange(part, low, high));
  return parts.every((part) => part !== undefined) ? unique(parts.flat()) : undefined;
}

function parseRange(text: string, low: number, high: number): number[] | undefined {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(text);
  if (!match) {
    return undefined;
  }
  const [, start, end, every] = match;
  const step = every === undefined ? 1 : Number(every);
  const from = start === undefined ? low : Number(start);
  const last = end ?? (start === undefined || every !== undefined ? high : start);
  const to = Number(last);
  if (step < 1 || from < low || to > high || from > to) {
    return undefined;
  }
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
