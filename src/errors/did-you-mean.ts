import { closest, distance } from 'fastest-levenshtein';

/** What to write instead of a name that is not known: the nearest one if it is near, else all. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === undefined ? `one of: ${known.join(', ')}` : JSON.stringify(near);
}

/** The known name that was meant by another one, in capitals or not; undefined where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = known.map((one) => one.toLowerCase());
  const found = plain.length > 0 ? closest(name.toLowerCase(), plain) : undefined;
  return found !== undefined && distance(name.toLowerCase(), found) <= Math.max(1, Math.floor(found.length / 2))
    ? known[plain.indexOf(found)]
    : undefined;
}
