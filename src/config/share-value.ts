/** Equal values that are kept to be shared. */
const KEPT = 5_000;

const pool = new Map<string, unknown>();

/** A value of JSON, frozen through and through: the one that was there before, where one was equal. */
export function shareValue<T>(value: T): T {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const key = JSON.stringify(value);
  const known = pool.get(key);
  if (known !== undefined) {
    return known as T;
  }
  if (pool.size >= KEPT) {
    pool.clear();
  }
  pool.set(key, freezeThrough(value));
  return value;
}

/** An object with its values shared, each by itself. */
export function shareEach<T extends object>(values: T): T {
  return Object.freeze(
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shareValue(value as unknown)])),
  ) as T;
}

/** Freezes a value and all that is in it, what is frozen by itself already included; gives it back. */
export function freezeThrough<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freezeThrough);
    Object.freeze(value);
  }
  return value;
}
