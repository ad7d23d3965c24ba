import { checked, count, type Check } from './check';
import type { CheckedTree } from './checked-tree';

/** Layer 1: every value of the configuration is one that there can be, and they agree with each other. */
export function schemaLayer({ images, problems }: CheckedTree): Check {
  const values = images.reduce((sum, image) => sum + image.explainConfig().length, 0);
  const detail = `${count(values, 'value')} of ${count(images.length, 'image')} against the schema, each other and the catalogue`;
  return checked('schema', detail, problems);
}
