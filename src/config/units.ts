const FACTORS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** A size as nginx and PHP both read it: digits and K, M or G. */
export const SIZE_PATTERN = /^([1-9]\d{0,9})([KMG]?)$/;

/** Bytes of a size such as `10M`; throws a RangeError for anything else. */
export function sizeInBytes(size: string): number {
  const match = SIZE_PATTERN.exec(size);
  if (!match) {
    throw new RangeError(`${JSON.stringify(size)} is not a size such as 10M`);
  }
  return Number(match[1]) * (FACTORS[match[2] ?? ''] ?? 1);
}
