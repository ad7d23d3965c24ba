import { distance } from 'fastest-levenshtein';
import type { CatalogReader } from './catalog';
import type { PhpFacts } from './facts';
import { byCodePoint, byVersion, own } from './order';

/** A release, and the platform that it belongs to. */
export interface ReleaseName {
  readonly platform: string;
  readonly release: string;
}

/** A PHP version on a release. */
export interface PhpOnRelease extends ReleaseName {
  readonly php: string;
}

/** PHP on a release, or `undefined` where the catalogue does not have the two together. */
export function phpOn(catalog: CatalogReader, { platform, release, php }: PhpOnRelease): PhpFacts | undefined {
  const facts = catalog.release(platform, release);
  return facts && own(facts.php, php);
}

/** PHP versions of a release, oldest first. */
export function phpVersionsOn(catalog: CatalogReader, { platform, release }: ReleaseName): readonly string[] {
  return Object.keys(catalog.release(platform, release)?.php ?? {}).sort(byVersion);
}

/** Releases of a platform that have a PHP version, oldest first. */
export function releasesWithPhp(catalog: CatalogReader, platform: string, php: string): readonly string[] {
  const releases = catalog.platform(platform)?.releases ?? [];
  return releases.filter((release) => phpOn(catalog, { platform, release, php }) !== undefined);
}

/** Releases of every platform that have a PHP version: platforms by name, releases oldest first. */
export function everyReleaseWithPhp(catalog: CatalogReader, php: string): readonly ReleaseName[] {
  return catalog.platforms.flatMap((platform) =>
    releasesWithPhp(catalog, platform, php).map((release) => ({ platform, release })),
  );
}

/** Releases of every platform on which a PHP version has an extension, be it packaged, compiled in or for the CLI. */
export function releasesWithExtension(catalog: CatalogReader, php: string, extension: string): readonly ReleaseName[] {
  return everyReleaseWithPhp(catalog, php).filter(({ platform, release }) => {
    const facts = phpOn(catalog, { platform, release, php });
    return facts !== undefined && hasExtension(facts, extension);
  });
}

/** Whether an extension can be had: a package brings it, or it is compiled in. */
export function hasExtension(php: PhpFacts, extension: string): boolean {
  return (own(php.extensions, extension) ?? null) !== null;
}

/** Extensions that can be had, by code point. */
export function extensionsOf(php: PhpFacts): readonly string[] {
  return Object.keys(php.extensions)
    .filter((extension) => hasExtension(php, extension))
    .sort(byCodePoint);
}

/**
 * The extension names nearest to one that was not found, the nearest first; at most three, and none that shares
 * less than half of its letters. Case, and Composer's `ext-` before the name, make no difference.
 */
export function nearestExtensions(php: PhpFacts, name: string): readonly string[] {
  const wanted = name.toLowerCase().replace(/^ext-/, '');
  return extensionsOf(php)
    .map((extension) => ({ extension, edits: distance(wanted, extension) }))
    .filter(({ extension, edits }) => edits <= Math.min(wanted.length, extension.length) / 2)
    .sort((a, b) => a.edits - b.edits || byCodePoint(a.extension, b.extension))
    .slice(0, 3)
    .map(({ extension }) => extension);
}
