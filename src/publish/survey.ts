import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import type { Problem } from '../errors/problem';
import { ImageList, type ListEntry } from './oci/image-list';
import { LABELS } from './oci/labels';
import { isIndex, predicatesOf, type ImageIndex, type ImageManifest, type ImageSettings } from './oci/types';
import { keyOf, type Facts, type FoundArchitecture, type RepositoryFacts, type TagFacts } from './plan/facts';
import type { Registry } from './registry/registry';
import { hasSignature } from './sign/signature-tag';
import type { Journal } from './state/journal';
import type { Destination, WantedImage } from './wanted';

/** How the world is looked at. */
export interface SurveyOptions {
  readonly now: Date;
  readonly journal: Journal;
  /** Hash of the scanner's gate. */
  readonly policy: string;
  /** Whether signatures are looked for. */
  readonly signatures: boolean;
  readonly registry: (host: string) => Registry;
  /** Digest of a list that may be in a destination without a tag; @default - what an earlier run wrote there */
  readonly list?: (image: string, destination: string) => string | undefined;
}

/** Looks at what is there already. A registry that does not answer is a fact, not an error. */
export async function survey(wanted: readonly WantedImage[], options: SurveyOptions): Promise<Facts> {
  const { journal, policy, now } = options;
  const local: Record<string, FoundArchitecture> = {};
  const begun: Record<string, string> = {};
  for (const image of wanted) {
    for (const { architecture, identity } of image.architectures) {
      const key = keyOf(image.name, architecture);
      const entry = journal.read(key);
      if (entry?.begun !== undefined && entry.identity === identity) {
        begun[key] = entry.begun;
      }
      const found = journal.find(key, policy);
      if (found !== undefined) {
        local[key] = found;
      }
    }
  }
  const pairs = wanted.flatMap((image) => image.destinations.map((destination) => ({ image, destination })));
  const repositories = await Promise.all(
    pairs.map(async ({ image, destination }) => {
      const known = image.architectures.flatMap((item) => local[keyOf(image.name, item.architecture)] ?? []);
      const written = (options.list ?? ((...place) => journal.list(...place)))(image.name, destination.id);
      return [destination.id, await lookAt(destination, known, written, options)] as const;
    }),
  );
  return {
    now: now.toISOString(),
    // An image whose layout is gone is only there where a registry has it.
    local: Object.fromEntries(Object.entries(local).filter(([, found]) => found.layout !== undefined)),
    begun,
    repositories: Object.fromEntries(merge(repositories)),
  };
}

type Looked = RepositoryFacts | { readonly problem: Problem };

/** Several images may share a repository: what is known of it is joined. */
function merge(looked: ReadonlyArray<readonly [string, Looked]>): Map<string, Looked> {
  const all = new Map<string, Looked>();
  for (const [id, facts] of looked) {
    const earlier = all.get(id);
    if (earlier === undefined || 'problem' in facts || 'problem' in earlier) {
      all.set(id, earlier && 'problem' in earlier ? earlier : facts);
      continue;
    }
    all.set(id, {
      tags: { ...earlier.tags, ...facts.tags },
      images: [...earlier.images, ...facts.images],
      lists: [...earlier.lists, ...facts.lists],
      signed: [...earlier.signed, ...facts.signed],
    });
  }
  return all;
}

async function lookAt(
  destination: Destination,
  local: readonly FoundArchitecture[],
  written: string | undefined,
  options: SurveyOptions,
): Promise<Looked> {
  const registry = options.registry(destination.registry);
  const { repository } = destination;
  try {
    const tags: Record<string, TagFacts> = {};
    const images = new Map<string, FoundArchitecture>();
    for (const tag of destination.tags) {
      const stored = await registry.getManifest(repository, tag);
      if (stored === undefined) {
        continue;
      }
      const index = isIndex(stored.mediaType) ? (JSON.parse(stored.bytes.toString('utf8')) as ImageIndex) : undefined;
      tags[tag] = { digest: stored.digest, index };
      for (const entry of index ? ImageList.parse(index).entries : []) {
        const digest = entry.descriptors[0]!.digest;
        if (!images.has(digest)) {
          images.set(digest, { ...(await describe(registry, repository, entry)), ...entry, digest });
        }
      }
    }
    for (const found of local) {
      if (!images.has(found.digest) && (await registry.findManifest(repository, found.digest)) !== undefined) {
        images.set(found.digest, found);
      }
    }
    const lists = new Set(Object.values(tags).map(({ digest }) => digest));
    if (written !== undefined && (await registry.findManifest(repository, written)) !== undefined) {
      lists.add(written);
    }
    const signed: string[] = [];
    for (const digest of options.signatures ? lists : []) {
      if (await hasSignature(registry, repository, digest)) {
        signed.push(digest);
      }
    }
    return { tags, images: [...images.values()], lists: [...lists], signed };
  } catch (error) {
    if (error instanceof DockerfileGeneratorError) {
      return { problem: error.details[0]! };
    }
    throw error;
  }
}

/** What an image at a tag says of itself. It passed every gate before the tag was moved to it. */
export async function describe(
  registry: Registry,
  repository: string,
  { descriptors: [image, ...attestations] }: ListEntry,
): Promise<
  Pick<FoundArchitecture, 'identity' | 'created' | 'labels' | 'layers' | 'attested' | 'verified' | 'scanned'>
> {
  const manifest = await readManifest(registry, repository, image!.digest);
  const settings =
    manifest && (JSON.parse((await registry.getBlob(repository, manifest.config.digest)).toString()) as ImageSettings);
  const labels = settings?.config?.Labels ?? {};
  const attested = await Promise.all(attestations.map(({ digest }) => readManifest(registry, repository, digest)));
  return {
    identity: labels[LABELS.identity] ?? '',
    created: labels[LABELS.created] ?? '',
    labels,
    layers: settings?.rootfs?.diff_ids,
    attested: attested.flatMap((item) => (item ? predicatesOf(item) : [])),
    verified: true,
    scanned: true,
  };
}

async function readManifest(
  registry: Registry,
  repository: string,
  digest: string,
): Promise<ImageManifest | undefined> {
  const stored = await registry.getManifest(repository, digest);
  return stored && (JSON.parse(stored.bytes.toString('utf8')) as ImageManifest);
}
