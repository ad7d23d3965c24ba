import type { NginxNode } from './nginx-node';

/** Variables that hold the path of a request decoded: `%0d%0a` in it are line breaks. */
const DECODED = ['uri', 'document_uri'];

/** Names of the variables in a text: `$uri`, `${uri}`, `$1`. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, bare]) => (braced ?? bare)!);
}

/** Variables that hold a decoded path, by themselves or because one that does was put into them. */
export function decodedVariables(main: NginxNode): ReadonlySet<string> {
  const tainted = new Set(DECODED);
  let size = 0;
  while (size < tainted.size) {
    size = tainted.size;
    for (const { name, value } of assignments(main)) {
      if (variablesIn(value).some((variable) => tainted.has(variable))) {
        tainted.add(name);
      }
    }
  }
  return tainted;
}

/** Variables that are set by the configuration alone, to texts without variables. */
export function constantVariables(main: NginxNode): ReadonlySet<string> {
  const all = assignments(main);
  return new Set(
    all
      .filter(({ name }) => all.every((other) => other.name !== name || variablesIn(other.value).length === 0))
      .map(({ name }) => name),
  );
}

/** What `set` and `map` put into variables. */
function assignments(main: NginxNode): Array<{ readonly name: string; readonly value: string }> {
  const bare = (text = ''): string => text.replace(/^\$/, '');
  return [
    ...main.find('set').map(({ args }) => ({ name: bare(args[0]), value: args[1] ?? '' })),
    ...main
      .find('map', 'geo')
      .flatMap(({ args, children }) =>
        (children ?? []).map((entry) => ({ name: bare(args.at(-1)), value: entry.args[0] ?? '' })),
      ),
  ];
}
