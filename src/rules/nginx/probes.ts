import { toRegExp, patternOf } from './find-location';
import type { NginxNode } from './nginx-node';

/** Paths to try a server with: a name at its root, in a directory, and wherever it has a location of its own. */
export function probes(server: NginxNode, names: readonly string[]): string[] {
  const places = ['/', '/some/where/', ...server.find('location').flatMap(placesOf)];
  return [...new Set(places)].flatMap((place) => names.map((name) => place + name));
}

/** Where a location begins, as a directory. Of an expression, the plain text that it begins with. */
function placesOf(location: NginxNode): string[] {
  const { kind, text } = patternOf(location);
  if (kind === 'prefix' || kind === 'final-prefix') {
    return [text.endsWith('/') ? text : `${text}/`, ...(text.endsWith('/') ? [] : [text])];
  }
  const literal = kind === 'expression' ? /^\^((?:[A-Za-z0-9_/-]|\\[./-])+)/.exec(text)?.[1] : undefined;
  if (literal === undefined) {
    return [];
  }
  const place = literal.replaceAll('\\', '');
  return [place, `${place.replace(/\/$/, '')}/`].filter(
    (start) => toRegExp(text, true).test(`${start}x`) || start.endsWith('/'),
  );
}
