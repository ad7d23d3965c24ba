import { ImageList } from '../oci/image-list';
import { listAnnotations } from '../oci/labels';
import type { Destination, WantedImage } from '../wanted';
import { reachable } from './choose-source';
import type { Facts, FoundArchitecture, RepositoryFacts } from './facts';
import type { PlanOptions } from './options';
import type { CheckSignatureStep, ListStep, SignStep, Step, TagStep } from './step';

/** What the lists of an image are made of. */
export interface ListParts {
  /** Architectures that go in (or out, under `remove`). */
  readonly architectures: readonly string[];
  /** Those of them that exist already. */
  readonly found: ReadonlyMap<string, FoundArchitecture>;
  /** The steps for the architectures of this image. */
  readonly before: readonly Step[];
}

/** The steps that write the list of an image into each of its destinations, and move the tags there, last. */
export function listSteps(image: WantedImage, parts: ListParts, facts: Facts, options: PlanOptions): Step[] {
  return image.destinations.flatMap((destination) => {
    const repository = reachable(facts, destination.id);
    return repository ? stepsFor(image, destination, parts, repository, options) : [];
  });
}

function stepsFor(
  image: WantedImage,
  destination: Destination,
  parts: ListParts,
  repository: RepositoryFacts,
  options: PlanOptions,
): Step[] {
  const digest = listDigest(parts, options);
  const moved = destination.tags.filter((tag) => digest === undefined || repository.tags[tag]?.digest !== digest);
  const unsigned = options.gates.sign !== undefined && (digest === undefined || !repository.signed.includes(digest));
  if (moved.length === 0 && !unsigned) {
    return [];
  }
  const there = digest !== undefined && repository.lists.includes(digest);
  const common = { image: image.name, destination: destination.id };
  const place = `${image.name} ${destination.id}`;
  const gates = parts.before.filter((step) => step.kind !== 'push' || step.destination === destination.id);
  const base = options.lists === 'join' ? undefined : destination.tags.find((tag) => repository.tags[tag]?.index);
  const list: ListStep = {
    ...common,
    kind: 'list',
    id: `list ${place}`,
    needs: gates.map(({ id }) => id),
    reason: base === undefined ? 'a list of all architectures' : `${options.lists} ${parts.architectures.join(', ')}`,
    architectures: options.lists === 'remove' ? [] : parts.architectures,
    keeps: kept(base, parts, repository),
    base,
  };
  const signs: Array<SignStep | CheckSignatureStep> = unsigned
    ? [
        { ...common, kind: 'sign', id: `sign ${place}`, needs: [list.id], reason: 'it is not signed', by: 'digest' },
        {
          ...common,
          kind: 'check-signature',
          id: `check-signature ${place}`,
          needs: [`sign ${place}`],
          reason: 'it was signed',
          by: 'digest',
        },
      ]
    : [];
  const tags = moved.map((tag): TagStep => ({
    ...common,
    kind: 'tag',
    id: `tag ${place}:${tag}`,
    needs: [list.id, ...signs.map(({ id }) => id), ...gates.map(({ id }) => id)],
    reason: repository.tags[tag] ? 'it points elsewhere' : 'it is new',
    tag,
    before: repository.tags[tag]?.digest,
  }));
  return [...(there ? [] : [list]), ...signs, ...tags];
}

/** Digest of the list that is wanted; undefined while an image of it has yet to be built. */
function listDigest({ architectures, found }: ListParts, options: PlanOptions): string | undefined {
  if (options.lists !== 'join' || architectures.some((name) => !found.has(name))) {
    return undefined;
  }
  // Only a list as this package writes it is left alone: its digest says so.
  return listOf(architectures.map((name) => found.get(name)!)).digest;
}

/** The list of images, with its annotations. */
export function listOf(images: readonly FoundArchitecture[]): ImageList {
  return ImageList.of(images, listAnnotations(images.map(({ labels }) => labels)));
}

function kept(base: string | undefined, { architectures }: ListParts, repository: RepositoryFacts): string[] {
  const index = base === undefined ? undefined : repository.tags[base]?.index;
  return index ? ImageList.parse(index).architectures.filter((name) => !architectures.includes(name)) : [];
}
