/** Texts of one kind that are kept, parsed. Most of what images are made of is the same from one to the next. */
const KEPT = 500;

type Reader<T> = (text: string) => T;

/** What was read, by its reader and its text; of each reader the texts that were asked for last. */
const READ = new Map<Reader<unknown>, Map<string, unknown>>();

/**
 * Reads a text, or knows it from before. What is given out is frozen, through and through: a rule that changed it would
 * change what the rules see of another image.
 *
 * @param read a pure function, the same one for each text of a kind
 */
export function readOnce<T>(read: Reader<T>, text: string): T {
  const known = READ.get(read) ?? new Map<string, unknown>();
  READ.set(read, known);
  const value = known.has(text) ? (known.get(text) as T) : freeze(read(text));
  known.delete(text);
  known.set(text, value);
  if (known.size > KEPT) {
    known.delete(known.keys().next().value!);
  }
  return value;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
