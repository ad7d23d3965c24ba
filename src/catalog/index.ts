export * from './availability';
export * from './catalog';
export * from './extensions';
export * from './facts';
export type { CatalogAdditions } from './layered-catalog';
export { byCodePoint, byVersion, own } from './order';
export { misspeltPhpSetting, phpSettingDeprecatedSince } from './php-settings';
export { unwantedPackage } from './unwanted-packages';
