import { closest, distance } from 'fastest-levenshtein';

/** What to write instead of a name that is not known: the nearest one if it is near, else all. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? `one of: ${known.join(', ')}` : JSON.stringify(near);
}

/** The known name that was meant by another one; undefined where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const found = known.length > 0 ? closest(name, [...known]) : undefined;
  return found !== undefined && distance(name, found) <= Math.max(1, Math.floor(found.length / 2)) ? found : undefined;
}
