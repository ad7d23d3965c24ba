/** A part of a configuration and the name that it has in `explain`. */
export interface ConfigLayer {
  /** `base`, `platform debian`, `variant nginx-php-fpm-8.4-debian` */
  readonly name: string;
  /** A part of an ImageConfig; `undefined` means not set. */
  readonly values: object;
}

/** Layers, merged. */
export interface MergedLayers {
  readonly value: Record<string, unknown>;
  /** Dotted path of each value (`php.fpm.maxChildren`) to the name of the layer that it came from. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Merges layers, the later over the earlier: objects key by key, everything else (lists too) as a whole. */
export function mergeLayers(layers: readonly ConfigLayer[]): MergedLayers {
  const origins = new Map<string, string>();
  const value: Record<string, unknown> = {};
  for (const layer of layers) {
    mergeInto(value, layer.values as Record<string, unknown>, '', { origins, layer: layer.name });
  }
  return { value, origins };
}

/** Where origins are noted, and the layer that is being merged. */
interface Notes {
  readonly origins: Map<string, string>;
  readonly layer: string;
}

/**
 * A layer without one value: the last object on the way to it loses the key, so that of a list with a wrong item the
 * whole list goes.
 */
export function withoutValue(layer: ConfigLayer, path: readonly PropertyKey[]): ConfigLayer {
  return { ...layer, values: omit(layer.values as Record<string, unknown>, path) };
}

function omit(values: Record<string, unknown>, [key, ...rest]: readonly PropertyKey[]): Record<string, unknown> {
  const name = String(key);
  if (key === undefined || !Object.hasOwn(values, name)) {
    return values;
  }
  const { [name]: inner, ...others } = values;
  return rest.length > 0 && isPlainObject(inner) ? { ...others, [name]: omit(inner, rest) } : others;
}

function mergeInto(
  target: Record<string, unknown>,
  source: Record<string, unknown>,
  prefix: string,
  notes: Notes,
): void {
  for (const key of Object.keys(source).sort()) {
    const path = prefix + key;
    const incoming = source[key];
    if (incoming === undefined) {
      continue;
    }
    const existing = Object.hasOwn(target, key) ? target[key] : undefined;
    if (!isPlainObject(incoming)) {
      if (isPlainObject(existing)) {
        forgetBelow(path, notes);
      }
      define(target, key, incoming);
      notes.origins.set(path, notes.layer);
      continue;
    }
    const merged = isPlainObject(existing) ? existing : {};
    define(target, key, merged);
    notes.origins.delete(path);
    mergeInto(merged, incoming, `${path}.`, notes);
  }
}

/** What stood in an object that is replaced as a whole has no origin any more. */
function forgetBelow(path: string, { origins }: Notes): void {
  for (const known of [...origins.keys()].filter((other) => other.startsWith(`${path}.`))) {
    origins.delete(known);
  }
}

/** Assigns an own property, `__proto__` too. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
