import {
  type PhpOnRelease,
  type ReleaseName,
  everyReleaseWithPhp,
  nearestExtensions,
  phpOn,
  releasesWithExtension,
} from './availability';
import type { CatalogReader } from './catalog';
import type { PhpFacts } from './facts';
import { byCodePoint, own } from './order';

/** What became of one extension that was asked for. */
export type ResolvedExtension =
  /** A package brings it. */
  | { readonly status: 'resolved'; readonly extension: string; readonly package: string }
  /** It is compiled in; there is nothing to install. */
  | { readonly status: 'builtin'; readonly extension: string }
  /** It is compiled into the command line alone; a web request does not have it. */
  | { readonly status: 'cli-only'; readonly extension: string }
  | UnknownExtension;

/** An extension that cannot be had here. */
export interface UnknownExtension {
  readonly status: 'unknown';
  readonly extension: string;
  /** Whether the catalogue says that the release does not have it; if not, the name is one that it never met. */
  readonly knownAbsent: boolean;
  /** Names of this release that are written nearly so, the nearest first. */
  readonly nearest: readonly string[];
  /** Releases of every platform that have it with the same PHP. */
  readonly releases: readonly ReleaseName[];
}

/** What became of all extensions that were asked for. */
export interface ExtensionResolution {
  /** One entry a name, in the order in which they were asked for, the second mention of a name left out. */
  readonly extensions: readonly ResolvedExtension[];
  /** What to install for them, by code point, each package once. */
  readonly packages: readonly string[];
  /** Those that are compiled into the command line alone. */
  readonly cliOnly: readonly string[];
  /** Those that cannot be had. */
  readonly unknown: readonly UnknownExtension[];
}

/**
 * Turns PHP's own names of extensions into packages of a release.
 *
 * @throws Error if the release does not have that PHP: ask `phpOn` before.
 */
export function resolveExtensions(
  catalog: CatalogReader,
  where: PhpOnRelease,
  names: readonly string[],
): ExtensionResolution {
  const php = phpOn(catalog, where);
  if (php === undefined) throw noSuchPhp(catalog, where);
  const extensions = [...new Set(names)].map((name) => resolveExtension({ catalog, where, php }, name));
  return {
    extensions,
    packages: [...new Set(extensions.flatMap((e) => (e.status === 'resolved' ? [e.package] : [])))].sort(byCodePoint),
    cliOnly: extensions.flatMap((e) => (e.status === 'cli-only' ? [e.extension] : [])),
    unknown: extensions.filter((e) => e.status === 'unknown'),
  };
}

/** Where extensions are looked for. */
interface Place {
  readonly catalog: CatalogReader;
  readonly where: PhpOnRelease;
  readonly php: PhpFacts;
}

function resolveExtension({ catalog, where, php }: Place, extension: string): ResolvedExtension {
  const found = own(php.extensions, extension);
  if (found === true) return { status: 'builtin', extension };
  if (found === 'cli') return { status: 'cli-only', extension };
  if (typeof found === 'string') return { status: 'resolved', extension, package: found };
  return {
    status: 'unknown',
    extension,
    knownAbsent: found === null,
    nearest: nearestExtensions(php, extension),
    releases: releasesWithExtension(catalog, where.php, extension),
  };
}

function noSuchPhp(catalog: CatalogReader, { platform, release, php }: PhpOnRelease): Error {
  const others = everyReleaseWithPhp(catalog, php).map((other) => `${other.platform} ${other.release}`);
  const instead = others.length > 0 ? `These have it: ${others.join(', ')}.` : 'No release of the catalogue has it.';
  return new Error(`${platform} ${release} has no PHP ${php}. ${instead}`);
}
