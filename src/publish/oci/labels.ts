/** Labels that a build sets. */
export const LABELS = {
  identity: 'dev.projen-nginx-php.identity',
  created: 'org.opencontainers.image.created',
  revision: 'org.opencontainers.image.revision',
  source: 'org.opencontainers.image.source',
  version: 'org.opencontainers.image.version',
} as const;

/** Labels that are annotations of the manifest and of the list too. */
const PREFIX = 'org.opencontainers.image.';

type Labels = Readonly<Record<string, string>>;

/** Annotations of a list: what its images agree on, and the creation time of the newest. */
export function listAnnotations(images: readonly Labels[]): Labels {
  const [first = {}, ...others] = images;
  const common = Object.entries(first).filter(
    ([name, value]) => name.startsWith(PREFIX) && others.every((labels) => labels[name] === value),
  );
  const created = images
    .map((labels) => labels[LABELS.created])
    .filter((value) => value !== undefined)
    .sort()
    .at(-1);
  return { ...Object.fromEntries(common), ...(created === undefined ? {} : { [LABELS.created]: created }) };
}
