/** A map that can be closed. A field, and not three functions a map: there are as many as there are images. */
export class LockableMap<K, V> extends Map<K, V> {
  private where?: string;

  /** Refuses every change from now on. */
  lock(where: string): void {
    this.where ??= where;
  }

  override set(key: K, value: V): this {
    this.assertOpen();
    return super.set(key, value);
  }

  override delete(key: K): boolean {
    this.assertOpen();
    return super.delete(key);
  }

  override clear(): void {
    this.assertOpen();
    super.clear();
  }

  private assertOpen(): void {
    if (this.where !== undefined) {
      throw new TypeError(`${this.where} is locked: the aspects have run, and the rules judge what is there`);
    }
  }
}

/** Makes a map refuse every change, as a frozen list does. */
export function lockMap(map: Map<string, unknown>, where: string): void {
  if (Object.isFrozen(map)) {
    return;
  }
  if (map instanceof LockableMap) {
    map.lock(where);
  } else {
    const refuse = (): never => {
      throw new TypeError(`${where} is locked: the aspects have run, and the rules judge what is there`);
    };
    Object.defineProperties(map, { set: { value: refuse }, delete: { value: refuse }, clear: { value: refuse } });
  }
  Object.freeze(map);
}
