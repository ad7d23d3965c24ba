/**
 * `items.flatMap(each)`, for what is asked of each of ten thousand images: V8 takes a tenth of a microsecond for each
 * item of that method, twenty times as long as a loop.
 */
export function flatMap<T, R>(items: readonly T[], each: (item: T, index: number) => readonly R[]): R[] {
  const found: R[] = [];
  for (let index = 0; index < items.length; index++) {
    const more = each(items[index]!, index);
    for (let at = 0; at < more.length; at++) {
      found.push(more[at]!);
    }
  }
  return found;
}
