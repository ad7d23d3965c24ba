/**
 * A text that two values share only if they are equal: JSON in the order in which the keys stand. Undefined for
 * whatever JSON would tell otherwise than it is: functions, NaN, dates, classes, holes, accessors, symbols.
 */
export function canonicalText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : undefined;
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? ofList(value) : ofObject(value);
    default:
      return undefined;
  }
}

function ofList(list: readonly unknown[]): string | undefined {
  if (Object.getPrototypeOf(list) !== Array.prototype || Object.keys(list).length !== list.length) {
    return undefined;
  }
  return enclosed('[', list.map(canonicalText), ']');
}

/** A property that is undefined is as one that is not there. */
function ofObject(object: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(object);
  if ((prototype !== Object.prototype && prototype !== null) || Object.getOwnPropertySymbols(object).length > 0) {
    return undefined;
  }
  const texts = Object.getOwnPropertyNames(object).flatMap((name): Array<string | undefined> => {
    const property = Object.getOwnPropertyDescriptor(object, name)!;
    if (!('value' in property) || !property.enumerable) {
      return [undefined];
    }
    const inner: unknown = property.value;
    if (inner === undefined) {
      return [];
    }
    const text = canonicalText(inner);
    return [text === undefined ? undefined : `${JSON.stringify(name)}:${text}`];
  });
  return enclosed('{', texts, '}');
}

function enclosed(open: string, texts: ReadonlyArray<string | undefined>, close: string): string | undefined {
  return texts.includes(undefined) ? undefined : `${open}${texts.join(',')}${close}`;
}
