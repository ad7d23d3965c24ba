import { Catalog, extensionsOf, phpOn, releasesWithPhp, type PhpFacts } from '../catalog';
import { didYouMean } from '../errors';
import { STATUS } from './exit-status';
import type { SelectionOptions } from './options';
import { renderTable } from './table';
import { note, paint, print, printJson } from './terminal';
import { UsageError } from './usage-error';

/** Options of `catalog`. */
export interface CatalogCommandOptions extends Pick<SelectionOptions, 'php' | 'platform' | 'release'> {
  readonly extensions?: boolean;
  readonly json?: boolean;
}

/** One thing that can be had. */
interface Offer {
  readonly php: string;
  readonly platform: string;
  readonly release: string;
  /** Whether it is taken where no release is named. */
  readonly isDefault: boolean;
  readonly origin: string;
  readonly versionSeen?: string;
  readonly certainty: string;
  /** Dates, `YYYY-MM-DD`. */
  readonly until: { readonly php?: string; readonly release?: string };
  readonly extensions: readonly string[];
}

/** `dockerfile-generator catalog`: what can be had, PHP by platform and release; gives the exit status. */
export function catalogCommand(options: CatalogCommandOptions): number {
  const catalog = Catalog.shipped();
  assertKnown(catalog, options);
  const found = offers(catalog, options);
  if (found.length === 0) {
    throw new UsageError([nothing(catalog, options)]);
  }
  if (options.json) {
    printJson(found);
  } else if (options.extensions) {
    print(renderTable(extensionRows(found)));
  } else {
    print(renderTable(rows(found)));
    note('* taken where no release is named\n');
  }
  return STATUS.ok;
}

function offers(catalog: Catalog, asked: CatalogCommandOptions): Offer[] {
  const versions = catalog.phpVersions.filter((php) => asked.php === undefined || php === asked.php);
  const platforms = catalog.platforms.filter((name) => asked.platform === undefined || name === asked.platform);
  return versions.flatMap((php) =>
    platforms.flatMap((platform) =>
      releasesWithPhp(catalog, platform, php)
        .filter((release) => asked.release === undefined || release === asked.release)
        .map((release) => offer(catalog, { php, platform, release }, phpOn(catalog, { platform, release, php })!)),
    ),
  );
}

function offer(catalog: Catalog, place: { php: string; platform: string; release: string }, facts: PhpFacts): Offer {
  return {
    ...place,
    isDefault: catalog.platform(place.platform)!.defaultRelease[place.php] === place.release,
    origin: facts.origin,
    versionSeen: facts.versionSeen,
    certainty: facts.certainty,
    until: {
      php: catalog.lifecycle(place.php)?.securitySupportEnd,
      release: catalog.release(place.platform, place.release)?.endOfLife.date,
    },
    extensions: extensionsOf(facts),
  };
}

function rows(found: readonly Offer[]): string[][] {
  const head = ['PHP', 'PLATFORM', 'RELEASE', 'FROM', 'SEEN', 'CERTAINTY', 'PHP UNTIL', 'BASE UNTIL'];
  const body = found.map(({ php, platform, release, isDefault, origin, versionSeen, certainty, until }) => [
    php,
    platform,
    `${release}${isDefault ? '*' : ''}`,
    origin,
    // Without what the distribution adds to it.
    versionSeen?.split('-')[0] ?? '',
    certainty,
    until.php ?? 'unknown',
    until.release ?? 'unknown',
  ]);
  return [head.map((title) => paint('bold', title)), ...body];
}

function extensionRows(found: readonly Offer[]): string[][] {
  const head = ['PHP', 'PLATFORM', 'RELEASE', 'EXTENSIONS'].map((title) => paint('bold', title));
  const body = found.map(({ php, platform, release, extensions }) => [php, platform, release, extensions.join(' ')]);
  return [head, ...body];
}

function assertKnown(catalog: Catalog, { php, platform }: CatalogCommandOptions): void {
  const wrong = [...unknown('--php', php, catalog.phpVersions), ...unknown('--platform', platform, catalog.platforms)];
  if (wrong.length > 0) {
    throw new UsageError(wrong);
  }
}

function unknown(option: string, value: string | undefined, known: readonly string[]) {
  return value === undefined || known.includes(value)
    ? []
    : [{ where: option, what: `the catalogue has no ${value}`, next: `write ${didYouMean(value, known)}` }];
}

function nothing(catalog: Catalog, { php, platform, release }: CatalogCommandOptions) {
  const releases = platform ? (catalog.platform(platform)?.releases ?? []) : [];
  const with_ = php && platform ? releasesWithPhp(catalog, platform, php) : releases;
  return {
    where: '--release',
    what: `there is no ${[platform, release].filter(Boolean).join(' ')}${php ? ` with PHP ${php}` : ''}`,
    next: with_.length > 0 ? `write one of: ${with_.join(', ')}` : 'see what there is: dockerfile-generator catalog',
  };
}
