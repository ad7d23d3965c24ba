import {
  Catalog,
  type CatalogReader,
  type PhpLifecycle,
  type ReleaseFacts,
  type RepositoryFacts,
  type Sourced,
} from '../catalog';
import type { InputLock } from './input-lock-schema';

type Dates = NonNullable<InputLock['endOfLife']>[string];

/** The facts of a catalogue, with the inputs that a lock names in the place of its own. */
export function lockedCatalog(catalog: Catalog, lock: InputLock): Catalog {
  const reader: CatalogReader = {
    platforms: catalog.platforms,
    phpVersions: catalog.phpVersions,
    s6Overlay: lock.s6Overlay ? { ...catalog.s6Overlay, ...lock.s6Overlay } : catalog.s6Overlay,
    composer: lock.composer ? { ...catalog.composer, ...lock.composer } : catalog.composer,
    platform: (name) => catalog.platform(name),
    lifecycle: (php) => lockedLifecycle(catalog.lifecycle(php), lock.endOfLife?.[`php ${php}`]),
    nginxDirectiveSince: (directive) => catalog.nginxDirectiveSince(directive),
    release: (platform, name) => lockedRelease(catalog.release(platform, name), `${platform} ${name}`, lock),
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
  name: string,
  { bases, endOfLife = {} }: InputLock,
): ReleaseFacts | undefined {
  const base = bases[name];
  const dates = endOfLife[name];
  return (
    release && {
      ...release,
      ...(base ? { base: { ...ofSource(release.base), ...base } } : {}),
      ...(dates ? { endOfLife: { ...ofSource(release.endOfLife), ...dates } } : {}),
    }
  );
}

function lockedLifecycle(life: PhpLifecycle | undefined, dates: Dates | undefined): PhpLifecycle | undefined {
  return life && dates
    ? { ...life, securitySupportEnd: dates.date, activeSupportEnd: dates.active ?? life.activeSupportEnd }
    : life;
}

/** How well a fact is known stays, whatever the lock says of it. */
function ofSource({ certainty, sources }: Sourced): Sourced {
  return { certainty, sources };
}

function lockedRepository(
  repository: RepositoryFacts | undefined,
  key: InputLock['keys'][string] | undefined,
): RepositoryFacts | undefined {
  return repository && key ? { ...repository, key: { ...repository.key, ...key } } : repository;
}
