import type { IConstruct } from 'constructs';
import { applyAspects, lockTree } from '../aspects';
import { byCodePoint } from '../catalog';
import type { Problem } from '../errors';
import { ImageConstruct } from '../image';
import { validateTree } from './validate-tree';

/** A tree after its aspects, closed. */
export interface PreparedTree {
  readonly root: IConstruct;
  /** By name. */
  readonly images: readonly ImageConstruct[];
  /** What is wrong with it. */
  readonly problems: readonly Problem[];
}

/** Runs the aspects of a tree, closes it, and looks for what is wrong. */
export function prepareTree(root: IConstruct): PreparedTree {
  const aspects = applyAspects(root);
  lockTree(root);
  const images = ImageConstruct.all(root).sort((a, b) => byCodePoint(a.node.id, b.node.id));
  return { root, images, problems: [...aspects, ...validateTree(root)] };
}
