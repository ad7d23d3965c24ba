export * from './availability';
export * from './catalog';
export * from './extensions';
export * from './facts';
export type { CatalogAdditions } from './layered-catalog';
export { byCodePoint, byVersion, own } from './order';
