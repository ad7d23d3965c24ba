/**
 * A function that looks at each object once. What it is given must not change, and its answer may depend on nothing else.
 */
export function onceFor<K extends object, V extends {} | null>(look: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      known.set(key, (value = look(key)));
    }
    return value;
  };
}
