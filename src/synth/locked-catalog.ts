import { Catalog, type CatalogReader, type ReleaseFacts, type RepositoryFacts } from '../catalog';
import type { InputLock } from './input-lock';

/** The facts of a catalogue, with the inputs that a lock names in the place of its own. */
export function lockedCatalog(catalog: Catalog, lock: InputLock): Catalog {
  const reader: CatalogReader = {
    platforms: catalog.platforms,
    phpVersions: catalog.phpVersions,
    s6Overlay: lock.s6Overlay ? { ...catalog.s6Overlay, ...lock.s6Overlay } : catalog.s6Overlay,
    platform: (name) => catalog.platform(name),
    lifecycle: (php) => catalog.lifecycle(php),
    nginxDirectiveSince: (directive) => catalog.nginxDirectiveSince(directive),
    release: (platform, name) => lockedRelease(catalog.release(platform, name), lock.bases[`${platform} ${name}`]),
    repository: (name) => lockedRepository(catalog.repository(name), lock.keys[name]),
  };
  const locked = Catalog.of(reader);
  if (catalog === Catalog.shipped()) {
    LOCKS.set(locked, JSON.stringify(lock));
  }
  return locked;
}

const LOCKS = new WeakMap<Catalog, string>();

/** The lock that was laid over the shipped catalogue to make this one; undefined for any other catalogue. */
export function lockTextOf(catalog: Catalog): string | undefined {
  return LOCKS.get(catalog);
}

function lockedRelease(
  release: ReleaseFacts | undefined,
  base: InputLock['bases'][string] | undefined,
): ReleaseFacts | undefined {
  if (!release || !base) {
    return release;
  }
  const { certainty, sources } = release.base;
  return { ...release, base: { certainty, sources, ...base } };
}

function lockedRepository(
  repository: RepositoryFacts | undefined,
  key: InputLock['keys'][string] | undefined,
): RepositoryFacts | undefined {
  return repository && key ? { ...repository, key: { ...repository.key, ...key } } : repository;
}
