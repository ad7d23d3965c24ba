/** Lets a private field be put on any object. */
class Bearer {
  constructor(object: object) {
    return object;
  }
}

/** What is known of an object, as a part of it that nobody else sees. */
class Knowledge extends Bearer {
  static of(object: object): Map<unknown, unknown> | undefined {
    return #values in object ? object.#values : undefined;
  }

  /** Begins it; what takes no further part has none. */
  static begin(object: object): Map<unknown, unknown> | undefined {
    return Object.isExtensible(object) ? new Knowledge(object).#values : undefined;
  }

  readonly #values = new Map<unknown, unknown>();
}

/**
 * A function that looks at each object once. What it is given must not change, and its answer may depend on nothing else:
 * what is given besides, as its image is to a context, is the same each time.
 *
 * The answer lies on the object. In a WeakMap that is old, V8 holds what is young until it next collects the whole heap, and
 * an image with all its texts by one answer: it made a tenth of a synthesis (docs/decisions/0053).
 */
export function onceFor<K extends object, R extends readonly unknown[], V extends {} | null>(
  look: (key: K, ...besides: R) => V,
): (key: K, ...besides: R) => V {
  const apart = new WeakMap<K, V>();
  return (key, ...besides) => {
    const known = Knowledge.of(key)?.get(look) ?? apart.get(key);
    if (known !== undefined) {
      return known as V;
    }
    const value = look(key, ...besides);
    const own = Knowledge.of(key) ?? Knowledge.begin(key);
    if (own) {
      own.set(look, value);
    } else {
      apart.set(key, value);
    }
    return value;
  };
}
