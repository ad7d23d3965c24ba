/** Packages that no image carries: what each is, and patterns of its names. */
interface UnwantedPackages {
  readonly sources: readonly string[];
  readonly kinds: Readonly<Record<string, readonly string[]>>;
}

let known: ReadonlyArray<{ readonly what: string; readonly name: RegExp }> | undefined;

/**
 * What a package is that an image must not carry: `a compiler or a tool of builds`; undefined for any other.
 *
 * @param name name of a package or, where it has one of its own, of its program
 */
export function unwantedPackage(name: string): string | undefined {
  known ??= load();
  return known.find((entry) => entry.name.test(name))?.what;
}

function load(): NonNullable<typeof known> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy, as all facts are
  const { kinds } = require('./data/unwanted-packages.json') as UnwantedPackages;
  return Object.entries(kinds).map(([what, names]) => ({
    what,
    name: new RegExp(`^(?:${names.map(toPattern).join('|')})$`),
  }));
}

/** A name in which `*` is anything and `[0-9]` a digit. */
function toPattern(name: string): string {
  return name.replace(/[.+]/g, '\\$&').replaceAll('*', '.*');
}
