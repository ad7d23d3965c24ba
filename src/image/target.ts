import {
  type PhpFacts,
  type PhpLifecycle,
  type ReleaseFacts,
  type UnknownExtension,
  everyReleaseWithPhp,
  phpOn,
  releasesWithPhp,
  resolveExtensions,
} from '../catalog';
import { didYouMean, type Problem } from '../errors';
import type { Platform } from './platform';

/** The release and the PHP that an image is built from. */
export interface ImageTarget {
  readonly release: ReleaseFacts;
  readonly php: PhpFacts;
  readonly lifecycle?: PhpLifecycle;
  /** Packages of the extensions asked for, once each, by code point. */
  readonly extensionPackages: readonly string[];
  /** Extensions that only the command line has on this release. */
  readonly cliOnlyExtensions: readonly string[];
}

/** Everything that decides about the target. */
export interface TargetRequest {
  readonly platform: Platform;
  /** PHP version, `8.4`. */
  readonly php: string;
  readonly extensions: readonly string[];
  /** Name of the release; undefined: the platform's choice for this PHP. */
  readonly release?: string;
  readonly report: (problem: Omit<Problem, 'where'>) => void;
}

/**
 * Finds the release, its PHP and the packages of the extensions. What cannot be had is reported; a target that can
 * be had stands in, so that the rest of the tree is checked too.
 */
export function resolveTarget(request: TargetRequest): ImageTarget {
  const { platform, php, extensions, release } = request;
  const known = RESOLVED.get(platform) ?? new Map<string, ImageTarget>();
  const key = JSON.stringify([php, release, extensions]);
  const found = known.get(key);
  if (found) {
    return found;
  }
  let isWhole = true;
  const target = findTarget({ ...request, report: (problem) => ((isWhole = false), request.report(problem)) });
  if (isWhole) {
    RESOLVED.set(platform, (known.size < KEPT ? known : new Map<string, ImageTarget>()).set(key, target));
  }
  return target;
}

/** Targets of a platform that are kept. */
const KEPT = 2_000;

/** Targets that have nothing to report: the same for every image that asks for the same. */
const RESOLVED = new WeakMap<Platform, Map<string, ImageTarget>>();

function findTarget(request: TargetRequest): ImageTarget {
  const { platform, php, report } = request;
  const { catalog } = platform;
  const place = findRelease(request);
  const lifecycle = catalog.lifecycle(php);
  const resolution = resolveExtensions(catalog, { platform: platform.name, ...place }, request.extensions);
  for (const unknown of resolution.unknown) {
    report(describeUnknown(unknown, `PHP ${place.php} on ${platform.name} ${place.release}`));
  }
  for (const [one, other] of platform.facts.conflicts?.pairs ?? []) {
    if (request.extensions.includes(one) && request.extensions.includes(other)) {
      report({
        what: `${platform.name} does not install the extensions ${one} and ${other} together`,
        why: 'their packages exclude each other',
        next: 'leave one of the two out, or choose another platform',
      });
    }
  }
  return Object.freeze({
    release: catalog.release(platform.name, place.release)!,
    php: phpOn(catalog, { platform: platform.name, ...place })!,
    lifecycle,
    extensionPackages: Object.freeze(resolution.packages),
    cliOnlyExtensions: Object.freeze(resolution.cliOnly),
  });
}

function findRelease({ platform, php, release, report }: TargetRequest): { release: string; php: string } {
  const { catalog, facts } = platform;
  // Every release is a file, and most images ask for none.
  const having = (): readonly string[] => releasesWithPhp(catalog, platform.name, php);
  const fallback = facts.defaultRelease[php] ?? having().at(-1);
  if (fallback === undefined) {
    report(describeMissingPhp(platform, php));
    return standIn(platform);
  }
  if (release === undefined) {
    return { release: fallback, php };
  }
  if (!facts.releases.includes(release)) {
    report({
      what: `${platform.name} has no release ${JSON.stringify(release)} in the catalogue`,
      next: `write ${nameRelease(release, having())}`,
    });
    return { release: fallback, php };
  }
  if (phpOn(catalog, { platform: platform.name, release, php }) === undefined) {
    report({
      what: `${platform.name} ${release} has no PHP ${php}`,
      next: `choose a release that has it: ${having().join(', ')}`,
    });
    return { release: fallback, php };
  }
  return { release, php };
}

/** A codename may be misspelt; of numbers the nearest one is no better than any other. */
function nameRelease(asked: string, releases: readonly string[]): string {
  return /^\d/.test(asked) ? `one of: ${releases.join(', ')}` : didYouMean(asked, releases);
}

function describeMissingPhp({ name, catalog }: Platform, php: string): Omit<Problem, 'where'> {
  const elsewhere = everyReleaseWithPhp(catalog, php).map(({ platform, release }) => `${platform} ${release}`);
  const known = catalog.phpVersions;
  return {
    what: `there is no PHP ${php} on ${name}`,
    next:
      elsewhere.length > 0
        ? `choose a platform that has it: ${elsewhere.join(', ')}`
        : `write one of: ${known.join(', ')}`,
  };
}

function standIn({ facts }: Platform): { release: string; php: string } {
  const [php, release] = Object.entries(facts.defaultRelease).at(-1)!;
  return { release, php };
}

function describeUnknown(unknown: UnknownExtension, place: string): Omit<Problem, 'where'> {
  const { extension, nearest, releases, knownAbsent } = unknown;
  const others = releases.map(({ platform, release }) => `${platform} ${release}`);
  const steps = [
    ...(nearest.length > 0 ? [`did you mean ${nearest.join(' or ')}?`] : []),
    ...(others.length > 0 ? [`these have it: ${others.join(', ')}`] : []),
  ];
  return {
    what: `${place} has no extension ${JSON.stringify(extension)}`,
    why: knownAbsent ? 'the release does not package it' : undefined,
    next: steps.join('; ') || 'take it out: no release in the catalogue has it',
  };
}
