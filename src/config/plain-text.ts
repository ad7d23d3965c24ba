/**
 * Text that may stand as a value in a Dockerfile, an nginx, php or s6 file.
 *
 * Quotes, backslashes, dollars and control characters mean something different in each of these grammars, so a
 * value with one of them is refused everywhere instead of being escaped somewhere.
 */
const FORBIDDEN: ReadonlyArray<readonly [RegExp, string]> = [
  [/[\n\r\u0085\u2028\u2029]/u, 'a line break'],
  [/\0/u, 'a NUL'],
  [/[\u0001-\u001f\u007f-\u009f]/u, 'a control character'],
  [/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u, 'an invisible character'],
  [/"/u, 'a double quote'],
  [/'/u, 'a single quote'],
  [/`/u, 'a backquote'],
  [/\\/u, 'a backslash'],
  [/\$/u, 'a dollar sign'],
  [/\p{Surrogate}/u, 'half a surrogate pair'],
];

/** Most texts: nothing in them stands in the table. */
const PLAIN = /^[ !#%&(-[\]-_a-~]*$/;

/** What of `text` may not stand in a generated file, in words (`a line break`); undefined where all may. */
export function forbiddenIn(text: string, allowed = ''): string | undefined {
  if (PLAIN.test(text)) {
    return undefined;
  }
  const rest = [...allowed].reduce((left, character) => left.replaceAll(character, ''), text);
  return FORBIDDEN.find(([pattern]) => pattern.test(rest))?.[1];
}
