/**
 * A function that looks at each object once. What it is given must not change, and its answer may depend on nothing else:
 * what is given besides, as its image is to a context, is the same each time.
 */
export function onceFor<K extends object, R extends readonly unknown[], V extends {} | null>(
  look: (key: K, ...besides: R) => V,
): (key: K, ...besides: R) => V {
  const known = new WeakMap<K, V>();
  return (key, ...besides) => {
    let value = known.get(key);
    if (value === undefined) {
      known.set(key, (value = look(key, ...besides)));
    }
    return value;
  };
}
