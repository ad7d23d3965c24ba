import type { WantedArchitecture, WantedImage } from '../wanted';
import { keyOf, type Facts, type FoundArchitecture, type RepositoryFacts } from './facts';
import type { PlanOptions } from './options';

/** Where an image of one architecture comes from. */
export type Source = { readonly found: FoundArchitecture } | { readonly build: string } | { readonly missing: string };

/** Decides what is used as it is, and what is built, and says why. */
export function chooseSource(
  image: WantedImage,
  wanted: WantedArchitecture,
  facts: Facts,
  options: Pick<PlanOptions, 'maxAge' | 'rebuild' | 'build' | 'moved'>,
): Source {
  const all = candidates(image, wanted, facts);
  const same = all.filter(({ identity }) => identity === wanted.identity);
  const [newest] = [...same].sort(byAge);
  const builds = wanted.selected && options.build !== false;
  if (!builds) {
    return newest ? { found: newest } : { missing: 'it is in no registry as the manifest describes it' };
  }
  if (options.rebuild) {
    return { build: '--rebuild' };
  }
  if (newest === undefined) {
    return { build: all.length > 0 ? 'its inputs have changed' : 'it is not there' };
  }
  if (options.moved) {
    const hasMoved = options.moved.has(keyOf(image.name, wanted.architecture));
    return hasMoved ? { build: 'a package of it has moved' } : { found: newest };
  }
  const age = Date.parse(facts.now) - Date.parse(newest.created);
  // A time that cannot be read is no proof of youth.
  if (image.image.packageSource === 'live' && !(age <= options.maxAge)) {
    return { build: `it is of ${newest.created || 'unknown age'}: older than --max-age` };
  }
  return { found: newest };
}

/** Facts of a repository that answered. */
export function reachable(facts: Facts, destination: string): RepositoryFacts | undefined {
  const repository = facts.repositories[destination];
  return repository === undefined || 'problem' in repository ? undefined : repository;
}

/** Where an image is there, by its digest. */
export function has(facts: Facts, destination: string, digest: string): boolean {
  return reachable(facts, destination)?.images.some((image) => image.digest === digest) ?? false;
}

function candidates(image: WantedImage, { architecture }: WantedArchitecture, facts: Facts): FoundArchitecture[] {
  const local = facts.local[keyOf(image.name, architecture)];
  const pushed = image.destinations.flatMap(({ id }) => reachable(facts, id)?.images ?? []);
  return [...(local ? [local] : []), ...pushed].filter((found) => found.architecture === architecture);
}

/** The newest first; of one image, what is known best: verified, and kept here. */
function byAge(a: FoundArchitecture, b: FoundArchitecture): number {
  if (a.digest === b.digest) {
    return Number(b.verified) - Number(a.verified) || Number(b.layout !== undefined) - Number(a.layout !== undefined);
  }
  return Date.parse(b.created) - Date.parse(a.created) || (a.digest < b.digest ? -1 : 1);
}
