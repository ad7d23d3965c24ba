/** Texts of one kind that are kept, parsed. Most of what images are made of is the same from one to the next. */
const KEPT = 60;

type Reader<T> = (text: string) => T;

/** What was read of late, and what was read before that: when there is too much of the one, it becomes the other. */
interface Generations {
  young: Map<string, unknown>;
  old: Map<string, unknown>;
}

/** What was read, by its reader and its text. */
const READ = new Map<Reader<unknown>, Generations>();

/**
 * Reads a text, or knows it from before. What is given out is frozen, through and through: a rule that changed it would
 * change what the rules see of another image.
 *
 * @param read a pure function, the same one for each text of a kind
 */
export function readOnce<T>(read: Reader<T>, text: string): T {
  let known = READ.get(read);
  if (!known) {
    READ.set(read, (known = { young: new Map(), old: new Map() }));
  }
  if (known.young.has(text)) {
    return known.young.get(text) as T;
  }
  const value = known.old.has(text) ? (known.old.get(text) as T) : freeze(read(text));
  if (known.young.size >= KEPT) {
    known.old = known.young;
    known.young = new Map();
  }
  known.young.set(text, value);
  return value;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
