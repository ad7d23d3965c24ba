import { type Sourced, CERTAINTIES } from './facts';

/**
 * Collects what is wrong, each with its place.
 */
export class Problems {
  constructor(
    /** Everything found so far, at any place. */
    readonly list: string[] = [],
    private readonly place: readonly string[] = [],
  ) {}

  /** The same collection, at a place below this one. */
  at(...place: readonly string[]): Problems {
    return new Problems(this.list, [...this.place, ...place]);
  }

  /** Adds a problem, once. */
  add(what: string): void {
    const problem = `${this.place.join(' / ')}: ${what}`;
    if (!this.list.includes(problem)) this.list.push(problem);
  }

  /** A fact says how well it is known, and from where. */
  sourced({ certainty, sources }: Sourced): void {
    this.certainty(certainty);
    if (sources.length === 0 || sources.some((source) => source.trim() === '')) this.add('has no source');
  }

  certainty(word: string): void {
    if (!CERTAINTIES.some((certainty) => certainty === word)) this.add(`'${word}' is no certainty`);
  }

  /** Days that exist, `YYYY-MM-DD`, none before the one that stands before it. */
  dates(dates: Readonly<Record<string, string>>): void {
    let before: readonly [string, string] | undefined;
    for (const [name, date] of Object.entries(dates)) {
      if (!isDay(date)) this.add(`${name}: '${date}' is no day`);
      else if (before !== undefined && date < before[1]) this.add(`${name} (${date}) lies before ${before.join(' ')}`);
      before = [name, date];
    }
  }

  digest(name: string, digest: string): void {
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) this.add(`the digest ${name} is not sha256 and 64 hexadecimal digits`);
  }

  sha256(hash: string): void {
    if (!/^[0-9a-f]{64}$/.test(hash)) this.add('the sha256 is not 64 hexadecimal digits');
  }

  /** A version of an upstream: numbers and points, without the revision of a distribution. */
  version(version: string): void {
    if (!/^\d+(\.\d+)+$/.test(version)) this.add(`'${version}' is no upstream version`);
  }

  packages(names: readonly string[]): void {
    for (const name of names) {
      if (!/^[a-z0-9][a-z0-9+._-]+$/.test(name)) this.add(`'${name}' is no package name`);
    }
  }

  absolute(paths: readonly string[]): void {
    for (const path of paths) {
      if (!/^(\/[^/]+)+$/.test(path) || path.includes('/../')) this.add(`'${path}' is no absolute path`);
    }
  }
}

function isDay(date: string): boolean {
  const [year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const real = new Date(Date.UTC(year, month - 1, day));
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day;
}
