import { newestTag } from './newest-tag';
import { ImageList } from './oci/image-list';
import { isIndex, type ImageIndex } from './oci/types';
import type { Registry } from './registry/registry';
import { DOCKER_HUB } from './registry-address';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import type { Problem } from '../errors/problem';
import type { InputLock } from '../synth/input-lock-schema';

type Base = InputLock['bases'][string];

/** Where the digests of bases come from. */
export interface RefreshOptions {
  /** A registry by its host. */
  readonly open: (host: string) => Registry;
  /**
   * Registry that has copies of all bases, under the same repositories.
   *
   * @default - each base is asked of its own registry
   */
  readonly mirror?: string;
  /**
   * Tags to move to, by the name of the base: `debian trixie`.
   *
   * @default - the newest of the same form
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Whether tags that are not named stay as they are, and only what they point to is asked.
   *
   * @default false
   */
  readonly keepTags?: boolean;
}

/**
 * A lock with the newest tags of its bases, and the digests that a registry has for them today.
 *
 * @throws DockerfileGeneratorError REGISTRY_ERROR with every base that is not there for both architectures
 */
export async function refreshBases(lock: InputLock, options: RefreshOptions): Promise<InputLock> {
  const { tags = {} } = options;
  const problems: Problem[] = Object.keys(tags)
    .filter((name) => !Object.hasOwn(lock.bases, name))
    .map((name) => ({
      where: name,
      what: 'the images have no such base',
      next: `name one of: ${Object.keys(lock.bases).join(', ')}`,
    }));
  const bases: Record<string, Base> = {};
  for (const [name, base] of Object.entries(lock.bases)) {
    const fresh = await refresh(base, name.split(' ')[1] ?? '', tags[name], options);
    if ('what' in fresh) {
      problems.push({ ...fresh, where: name });
    } else {
      bases[name] = fresh;
    }
  }
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('REGISTRY_ERROR', problems);
  }
  return { ...lock, bases };
}

async function refresh(
  { repository, tag: before }: Base,
  release: string,
  given: string | undefined,
  options: RefreshOptions,
): Promise<Base | Omit<Problem, 'where'>> {
  const [first = '', ...rest] = repository.split('/');
  const isHost = /[.:]/.test(first);
  const registry = options.open(options.mirror ?? (isHost ? first : DOCKER_HUB));
  const path = isHost ? rest.join('/') : repository;
  const tag = given ?? (options.keepTags ? before : newestTag(before, release, await registry.listTags(path)));
  const manifest = await registry.getManifest(path, tag);
  if (!manifest) {
    return { what: `${registry.host} has no ${repository}:${tag}`, next: 'give another tag with --tag, or a --mirror' };
  }
  const list = isIndex(manifest.mediaType)
    ? ImageList.parse(JSON.parse(manifest.bytes.toString('utf8')) as ImageIndex)
    : ImageList.empty();
  const [amd64, arm64] = ['amd64', 'arm64'].map((name) => list.entry(name)?.descriptors[0]?.digest);
  if (amd64 === undefined || arm64 === undefined) {
    const missing = amd64 === undefined ? 'amd64' : 'arm64';
    return { what: `${repository}:${tag} is no list with ${missing} in it`, next: 'give another tag with --tag' };
  }
  return { repository, tag, digests: { amd64, arm64 } };
}
