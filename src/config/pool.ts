/** Values that are kept to be shared, each by a text. What nobody has asked for lately is forgotten. */
export class Pool<T> {
  private recent = new Map<string, T>();

  private older: ReadonlyMap<string, T> = new Map();

  /** @param half of the values that are kept */
  constructor(private readonly half = 2_500) {}

  /** What is known by a text; else what `make` gives. */
  share(text: string, make: () => T): T {
    const known = this.recent.get(text);
    if (known !== undefined) {
      return known;
    }
    const value = this.older.get(text) ?? make();
    if (this.recent.size >= this.half) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(text, value);
    return value;
  }
}
