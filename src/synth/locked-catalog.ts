import { Catalog, type CatalogReader, type ReleaseFacts, type RepositoryFacts } from '../catalog';
import type { InputLock } from './input-lock';

/** The facts of a catalogue, with the inputs that a lock names in the place of its own. */
export function lockedCatalog(catalog: Catalog, lock: InputLock): Catalog {
  const reader: CatalogReader = {
    platforms: catalog.platforms,
    phpVersions: catalog.phpVersions,
    s6Overlay: lock.s6Overlay ? { ...catalog.s6Overlay, ...lock.s6Overlay } : catalog.s6Overlay,
    composer: lock.composer ? { ...catalog.composer, ...lock.composer } : catalog.composer,
    platform: (name) => catalog.platform(name),
    lifecycle: (php) => catalog.lifecycle(php),
    nginxDirectiveSince: (directive) => catalog.nginxDirectiveSince(directive),
    release: (platform, name) => lockedRelease(catalog.release(platform, name), lock.bases[`${platform} ${name}`]),
    repository: (name) => lockedRepository(catalog.repository(name), lock.keys[name]),
  };
  return Catalog.of(reader);
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
