import type { IConstruct } from 'constructs';
import { assemble } from './assemble';
import { writePart, type PartOptions, type PartReport } from './write-part';

/**
 * Writes some images of a tree, or some of their architectures, beside what the output has already: the manifest tells
 * of both. The whole tree is checked.
 */
export function synthesizePart(root: IConstruct, outdir: string, options: PartOptions): PartReport {
  return writePart(assemble(root, outdir), outdir, options);
}
