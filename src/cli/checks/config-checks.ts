import { checked, count, type Check } from './check';
import type { CheckedTree } from './checked-tree';
import { typesLayer } from './types-layer';
import type { Problem } from '../../errors';

/** Checks of the configuration: one an image, and the types of the module. */
export function configChecks(tree: CheckedTree, app: string): readonly Check[] {
  const all = [...tree.problems, ...tree.violations];
  const images = tree.images.map((image) => {
    const { platform, target, config, node } = image;
    const detail = `PHP ${config.php.version} on ${platform.name} ${target.release.name}: ${count(image.explainConfig().length, 'value')}`;
    return checked(
      node.id,
      detail,
      all.filter((problem) => isOf(problem, node.path)),
    );
  });
  const others = all.filter((problem) => !tree.images.some(({ node }) => isOf(problem, node.path)));
  const rest = others.length > 0 ? [checked('the tree', 'what belongs to no image', others)] : [];
  return [...images, ...rest, typesLayer(tree, app)];
}

function isOf({ where }: Problem, path: string): boolean {
  return where === path || where.startsWith(`${path}/`) || where.startsWith(`${path} `);
}
