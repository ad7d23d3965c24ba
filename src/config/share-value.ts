import { Pool } from './pool';

const VALUES = new Pool<unknown>();

const TEXTS = new Pool<string>();

/** A value of JSON, frozen through and through: the one that was there before, where one was equal. */
export function shareValue<T>(value: T): T {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return VALUES.share(JSON.stringify(value), () => freezeThrough(value)) as T;
}

/** A text that may be a part of a longer one, which it does not keep in memory; the one that was there before. */
export function shareText(text: string): string {
  const own = JSON.parse(JSON.stringify(text)) as string;
  return TEXTS.share(own, () => own);
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
