import { good, poor, type Finding } from './finding';
import { Catalog } from '../../catalog';

/** Days after which facts about releases and digests are likely to have moved on. */
const FRESH = 60;

const DAY = 86_400_000;

/**
 * How old the facts of the catalogue are: the newest day that one of them names as the day on which it was read.
 *
 * @param today `YYYY-MM-DD`
 */
export function examineCatalog(today: string, catalog: Catalog = Catalog.shipped()): Finding {
  const read = newestReading(catalog);
  if (read === undefined) {
    return poor('catalogue', 'no fact says when it was read', 'take the newest version: npm update projen-nginx-php');
  }
  const days = Math.round((Date.parse(today) - Date.parse(read)) / DAY);
  const seen = `read on ${read}, ${days} day${days === 1 ? '' : 's'} ago`;
  return days <= FRESH
    ? good('catalogue', seen)
    : poor(
        'catalogue',
        seen,
        'newer bases and packages are likely: npm update projen-nginx-php, or keep your own lock.json',
      );
}

function newestReading(catalog: Catalog): string | undefined {
  const sources = catalog.platforms.flatMap((platform) =>
    catalog.platform(platform)!.releases.flatMap((release) => {
      const { nginx, base, endOfLife } = catalog.release(platform, release)!;
      return [nginx, base, endOfLife].flatMap((facts) => facts.sources);
    }),
  );
  return sources
    .flatMap((source) => source.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? [])
    .sort()
    .at(-1);
}
