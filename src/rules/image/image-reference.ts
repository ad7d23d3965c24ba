/** A name of an image, taken apart. */
export interface ImageReference {
  /** With its registry: `docker.io/library/debian`. */
  readonly repository: string;
  /** Whether the registry was written, and not left to the builder's default. */
  readonly isFull: boolean;
  readonly tag?: string;
  /** `sha256:...` */
  readonly digest?: string;
}

/** Takes the name of an image apart, with what Docker adds to a short one. */
export function parseReference(text: string): ImageReference {
  const [name = '', digest] = text.split('@');
  const [, path = name, tag] = /^(.+?)(?::([^:/]*))?$/.exec(name) ?? [];
  const [first = '', ...rest] = path.split('/');
  const isFull = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const hub = rest.length > 0 ? `docker.io/${path}` : `docker.io/library/${path}`;
  return { repository: isFull ? path : hub, isFull, tag, digest };
}
