import type { IConstruct } from 'constructs';
import { ImagePart } from '../image';
import { Aspects } from './aspects';

/** Closes a tree: whoever adds to it after the aspects have run is told so, and the rules judge what will be built. */
export function lockTree(root: IConstruct): void {
  root.node.lock();
  for (const node of root.node.findAll()) {
    Aspects.of(node).lock();
    if (ImagePart.isImagePart(node)) {
      node.lock();
      // A subclass that forgot to call super.lock() is locked all the same.
      ImagePart.prototype.lock.call(node);
    }
  }
}
