/** Name of an image as DNS, Compose and Kubernetes allow it: a letter, then letters, digits and dashes. */
export function dnsName(id: string): string {
  const name = id.replace(/[^a-z0-9]+/g, '-').replace(/^(?=\d)/, 'image-');
  return name.slice(0, 40).replace(/-+$/, '');
}

/** A name for each path, made of its words; the later of two alike gets a number. */
export function namesOfPaths(paths: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    paths.map((path) => {
      const words = path
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-/, '')
        .slice(0, 40)
        .replace(/-+$/, '');
      let name = words || 'data';
      for (let number = 2; taken.has(name); number += 1) {
        name = `${words}-${number}`;
      }
      taken.add(name);
      return [path, name] as const;
    }),
  );
}
