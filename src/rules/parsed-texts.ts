import { Pool } from '../config';
import { onceFor } from '../config/once-for';

/** Half of the texts of one kind that are kept, parsed. Most of what images are made of is the same from one to the next. */
const KEPT = 60;

type Reader<T> = (text: string) => T;

/** What was read for those of one kind. */
interface Readings {
  readonly isFrozen: boolean;
  readonly ofAll: Map<Reader<unknown>, Pool<unknown>>;
  /** Of one image, or of one of its contexts, as long as that is there. */
  readonly ofOne: (owner: object) => Map<Reader<unknown>, Map<string, unknown>>;
}

/** Of whoever asks. */
const FOR_ALL: Readings = { isFrozen: true, ofAll: new Map(), ofOne: onceFor(() => new Map()) };

/** Of the rules of this package, which change nothing and which nobody else is among. */
const FOR_OWN: Readings = { isFrozen: false, ofAll: new Map(), ofOne: onceFor(() => new Map()) };

/** Texts that are those of one image, as far as is known. */
export type OwnTexts = Pick<ReadonlyMap<string, unknown>, 'has'>;

/** Who looks. */
interface Looker {
  readonly readings: Readings;
  /** The image that is looked at. */
  readonly owner: object;
  readonly texts: OwnTexts;
}

/** Whoever asks. */
const ANYBODY: Looker = { readings: FOR_ALL, owner: {}, texts: new Map() };

let current = ANYBODY;

/**
 * Lets a rule of this package look at what a synthesis has made. V8 goes through frozen lists slowly, and to freeze them
 * takes its time too: together a tenth of a synthesis. What is read meanwhile is given to no other.
 *
 * @param owner the image
 * @param texts those of it whose readings are forgotten with it
 */
export function lookAsOwn<T>(look: () => T, owner: object, texts: OwnTexts): T {
  current = { readings: FOR_OWN, owner, texts };
  try {
    return look();
  } finally {
    current = ANYBODY;
  }
}

/**
 * Reads a text, or knows it from before. What is given out is frozen, through and through: a rule that changed it would
 * change what the rules see of another image.
 *
 * @param read a pure function, the same one for each text of a kind
 */
export function readOnce<T>(read: Reader<T>, text: string): T {
  const { readings, owner, texts } = current;
  if (texts.has(text)) {
    return readOwn(owner, read, text);
  }
  let known = readings.ofAll.get(read);
  if (!known) {
    readings.ofAll.set(read, (known = new Pool(KEPT)));
  }
  return known.share(text, () => make(read, text)) as T;
}

/**
 * The same for a kind of text of which each image has its own: a Dockerfile, a configuration of nginx, YAML. It is
 * forgotten with the image.
 *
 * @param owner the image, or the context, that the text is of
 */
export function readOwn<T>(owner: object, read: Reader<T>, text: string): T {
  const texts = current.readings.ofOne(owner);
  let known = texts.get(read);
  if (!known) {
    texts.set(read, (known = new Map()));
  }
  if (!known.has(text)) {
    known.set(text, make(read, text));
  }
  return known.get(text) as T;
}

function make<T>(read: Reader<T>, text: string): T {
  return current.readings.isFrozen ? freeze(read(text)) : read(text);
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
