import { closest, distance } from 'fastest-levenshtein';

/** What to write instead of a name that is not known: the nearest one if it is near, else all. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = closest(name, known);
  if (distance(name, nearest) <= Math.max(1, Math.floor(nearest.length / 2))) {
    return JSON.stringify(nearest);
  }
  return `one of: ${known.join(', ')}`;
}
