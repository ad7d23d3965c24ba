import type { IConstruct } from 'constructs';
import { Catalog } from '../catalog';

const CATALOG = Symbol.for('projen-nginx-php.catalog');

/** Gives a tree the catalogue that its images are resolved with. */
export function setTreeCatalog(root: IConstruct, catalog: Catalog): void {
  Object.defineProperty(root, CATALOG, { value: catalog });
}

/** The catalogue of the tree that a construct stands in; the shipped one where nobody gave another. */
export function treeCatalog(construct: IConstruct): Catalog {
  const owner = construct.node.scopes.reverse().find((scope) => CATALOG in scope) as
    { readonly [CATALOG]: Catalog } | undefined;
  return owner?.[CATALOG] ?? Catalog.shipped();
}
