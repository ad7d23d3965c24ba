import type { IConstruct } from 'constructs';
import { ImageConstruct, ImagePart } from '../image';
import { Aspects } from './aspects';

/**
 * Closes every image of a tree, and the lists of aspects: whoever adds to them after the aspects have run is told so,
 * and the rules judge what will be built. The rest of the tree stays open: it may be a projen project's.
 */
export function lockTree(root: IConstruct): void {
  Aspects.lock(root);
  for (const image of ImageConstruct.all(root)) {
    image.node.lock();
    image.node.findAll().filter(ImagePart.isImagePart).forEach(lockPart);
  }
}

function lockPart(part: ImagePart): void {
  part.lock();
  // A subclass that forgot to call super.lock() is locked all the same.
  ImagePart.prototype.lock.call(part);
}
