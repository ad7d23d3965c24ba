import { ApkPlatform } from './apk-platform';
import { AptPlatform } from './apt-platform';
import type { Platform } from './platform';
import { Catalog, own } from '../../catalog';

/** Alpine: the smallest images; every PHP from the community repository of a branch. */
export class AlpinePlatform extends ApkPlatform {
  constructor(catalog = Catalog.shipped()) {
    super('alpine', catalog, { s6: { source: 'overlay' } });
  }
}

/** Debian: PHP of the archive where it has that version, else Surý's; s6 of the distribution's signed packages. */
export class DebianPlatform extends AptPlatform {
  constructor(catalog = Catalog.shipped()) {
    super('debian', catalog, { s6: { source: 'distribution' } });
  }
}

/** Ubuntu: PHP of the archive where a release has that version, else Surý's. */
export class UbuntuPlatform extends AptPlatform {
  constructor(catalog = Catalog.shipped()) {
    super('ubuntu', catalog, { s6: { source: 'overlay' } });
  }
}

const FACTORIES: Readonly<Record<string, (catalog: Catalog) => Platform>> = {
  alpine: (catalog) => new AlpinePlatform(catalog),
  debian: (catalog) => new DebianPlatform(catalog),
  ubuntu: (catalog) => new UbuntuPlatform(catalog),
};

/** Names of the shipped platforms, by code point. */
export const SHIPPED_PLATFORMS: readonly string[] = Object.keys(FACTORIES).sort();

/** Ten thousand images need no ten thousand platforms. */
const MADE = new WeakMap<Catalog, Map<string, Platform>>();

/** A shipped platform by its name: the same value for every image of a catalogue. */
export function shippedPlatform(name: string, catalog: Catalog): Platform | undefined {
  const made = MADE.get(catalog) ?? new Map<string, Platform>();
  const platform = made.get(name) ?? own(FACTORIES, name)?.(catalog);
  if (platform) {
    MADE.set(catalog, made.set(name, platform));
  }
  return platform;
}
