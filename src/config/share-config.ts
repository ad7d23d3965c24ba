import type { ImageConfig } from './image-config';

/** Equal values that are kept to be shared. */
const KEPT = 5_000;

const pool = new Map<string, unknown>();

/** A configuration whose lists and innermost objects are those of other images, where they are equal; all is frozen. */
export function shareConfig(config: ImageConfig): ImageConfig {
  const { php, nginx, ...rest } = config;
  return Object.freeze({ ...shareEach(rest), php: shareEach(php), nginx: shareEach(nginx) });
}

function shareEach<T extends object>(values: T): T {
  return Object.freeze(
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shareFrozen(value as unknown)])),
  ) as T;
}

/** A value of JSON, frozen through and through: the one that was there before, where one was equal. */
function shareFrozen<T>(value: T): T {
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
  pool.set(key, freeze(value));
  return value;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
