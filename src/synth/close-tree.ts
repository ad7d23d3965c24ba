import type { IConstruct } from 'constructs';
import { applyAspects, lockTree } from '../aspects';
import type { Problem } from '../errors';
import { validateTree } from './validate-tree';

/** Lets the aspects do their work, locks the tree, and gives what is wrong with it. */
export function closeTree(root: IConstruct): Problem[] {
  const aspects = applyAspects(root);
  lockTree(root);
  return [...aspects, ...validateTree(root)];
}
