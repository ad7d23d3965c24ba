/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Names of fields and of environment variables whose values are secret. */
const SECRET_NAME = /pass(?:word|phrase|wd)?$|secret|token|credential|authorization|api[-_]?key|private[-_]?key/i;

/** A URL with somebody's name and password in it. */
const USER_INFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@:]+:[^\s/@]+@/gi;

/** Values of headers that let somebody in. */
const SCHEME = /\b(Basic|Bearer)\s+[A-Za-z0-9._~+/=-]{6,}/g;

/** Shorter values could stand anywhere. */
const LEAST = 4;

/** Takes secrets out of what is written down: by the names of fields, by their form, and by what they are known to be. */
export class Redactor {
  /**
   * A redactor that knows the secrets of a command line and of its environment.
   *
   * @param args words of the command line: what follows `--password` is secret
   */
  static of(args: readonly string[], environment: NodeJS.ProcessEnv): Redactor {
    const given = args.flatMap((word, index) => {
      const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/.exec(word) ?? [];
      return name && SECRET_NAME.test(name) ? [value ?? args[index + 1] ?? ''] : [];
    });
    const known = Object.entries(environment).flatMap(([name, value]) => (SECRET_NAME.test(name) ? [value ?? ''] : []));
    return new Redactor([...given, ...known]);
  }

  private readonly secrets: readonly string[];

  constructor(secrets: readonly string[]) {
    // The longest first: one secret may be the beginning of another.
    this.secrets = [...new Set(secrets)].filter(({ length }) => length >= LEAST).sort((a, b) => b.length - a.length);
  }

  /** A text without secrets. */
  text(text: string): string {
    const known = this.secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
    return known.replace(USER_INFO, `$1${REDACTED}@`).replace(SCHEME, `$1 ${REDACTED}`);
  }

  /** A value of any shape without secrets. */
  value(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.value(item));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.field(name, inner)]));
    }
    return value;
  }

  private field(name: string, value: unknown): unknown {
    return SECRET_NAME.test(name) && (typeof value === 'string' || typeof value === 'number')
      ? REDACTED
      : this.value(value);
  }
}
