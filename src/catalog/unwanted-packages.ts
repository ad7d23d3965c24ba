/** Packages that no image carries: what each is, and patterns of its names. */
interface UnwantedPackages {
  readonly sources: readonly string[];
  readonly kinds: Readonly<Record<string, readonly string[]>>;
}

/** Names that were asked for: the packages of one image are those of the next. */
const ANSWERS = 5_000;
const answers = new Map<string, string | undefined>();

let known: ReadonlyArray<{ readonly what: string; readonly name: RegExp }> | undefined;

/**
 * What a package is that an image must not carry: `a compiler or a tool of builds`; undefined for any other.
 *
 * @param name name of a package or, where it has one of its own, of its program
 */
export function unwantedPackage(name: string): string | undefined {
  known ??= load();
  if (!answers.has(name)) {
    if (answers.size >= ANSWERS) {
      answers.clear();
    }
    answers.set(name, known.find((entry) => entry.name.test(name))?.what);
  }
  return answers.get(name);
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
