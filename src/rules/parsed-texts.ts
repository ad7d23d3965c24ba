/** Texts of one kind that are kept, parsed. Most of what images are made of is the same from one to the next. */
const KEPT = 60;

/** The same of texts that are another in each image: what is made of them is asked for while that image is judged. */
const KEPT_OF_IMAGES = 6;

type Reader<T> = (text: string) => T;

/** What was read of late, and what was read before that: when there is too much of the one, it becomes the other. */
interface Generations {
  young: Map<string, unknown>;
  old: Map<string, unknown>;
}

/** By reader and text. */
type Known = Map<Reader<unknown>, Generations>;

/** What was read for whoever asks: it is frozen. */
const FOR_ALL: Known = new Map();

/** What was read for the rules of this package, which change nothing and which nobody else is among. */
const FOR_OWN: Known = new Map();

let current = FOR_ALL;

/**
 * Lets a rule of this package look at what a synthesis has made. V8 goes through frozen lists slowly, and to freeze them
 * takes its time too: together a tenth of a synthesis. What is read meanwhile is given to no other.
 */
export function lookAsOwn<T>(look: () => T): T {
  current = FOR_OWN;
  try {
    return look();
  } finally {
    current = FOR_ALL;
  }
}

/**
 * Reads a text, or knows it from before. What is given out is frozen, through and through: a rule that changed it would
 * change what the rules see of another image.
 *
 * @param read a pure function, the same one for each text of a kind
 */
export function readOnce<T>(read: Reader<T>, text: string): T {
  return readKeeping(KEPT, read, text);
}

/** The same for a kind of text of which each image has its own: a Dockerfile, a configuration of nginx, YAML. */
export function readOwn<T>(read: Reader<T>, text: string): T {
  return readKeeping(KEPT_OF_IMAGES, read, text);
}

function readKeeping<T>(kept: number, read: Reader<T>, text: string): T {
  let known = current.get(read);
  if (!known) {
    current.set(read, (known = { young: new Map(), old: new Map() }));
  }
  const young = known.young.get(text);
  if (young !== undefined || known.young.has(text)) {
    return young as T;
  }
  const value = known.old.has(text) ? (known.old.get(text) as T) : make(read, text);
  if (known.young.size >= kept) {
    known.old = known.young;
    known.young = new Map();
  }
  known.young.set(text, value);
  return value;
}

function make<T>(read: Reader<T>, text: string): T {
  return current === FOR_OWN ? read(text) : freeze(read(text));
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
