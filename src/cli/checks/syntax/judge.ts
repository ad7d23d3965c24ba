import type { Problem } from '../../../errors';
import type { Check } from '../check';
import type { CheckedTree } from '../checked-tree';

/** Something that reads files of one kind, and says what is wrong with them. */
export type Judge = (tree: CheckedTree) => Check;

/** A fault of a file. */
export function fault(place: string, what: string, next = NEXT): Problem {
  return { where: place, what, next };
}

const NEXT = 'look at what wrote the file: a patch, a construct of your own, or this package (then please report it)';
