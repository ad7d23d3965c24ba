import type { Random } from './random';
import { ImageApp, ImageConstruct, type ImageProps } from '../../../../src';

/** Images by name, as JSON can tell them. */
export type Tree = Readonly<Record<string, ImageProps>>;

/** A tree of one to three images, none of which has to be there or to stay as it was. */
export function randomTree(random: Random): Tree {
  const names = ['blog', 'mail', 'shop'].filter(() => random.chance(0.7));
  const images = (names.length > 0 ? names : ['shop']).map((name): [string, ImageProps] => [
    name,
    {
      php: { version: '8.4', memoryLimit: random.pick(['128M', '256M']) },
      platform: random.pick(['debian', 'alpine', 'ubuntu']),
      architectures: random.pick([['amd64'], ['arm64'], ['amd64', 'arm64']]),
      nginx: { clientMaxBodySize: random.pick(['1M', '8M']) },
      s6: { source: random.pick(['overlay', 'distribution']), maxDeaths: random.pick([3, 9]) },
    },
  ]);
  return Object.fromEntries(images);
}

export function appOf(tree: Tree, outdir: string): ImageApp {
  const app = new ImageApp({ outdir });
  Object.entries(tree).forEach(([name, props]) => new ImageConstruct(app, name, props));
  return app;
}
