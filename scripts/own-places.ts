import { readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * For a bundle that is run from elsewhere: the modules below `root` find their own directories, and those of its `src`
 * that nobody uses are left out.
 */
export function ownPlaces(root: string): Plugin {
  const source = join(root, 'src') + sep;
  return {
    name: 'own-places',
    setup({ onLoad, onResolve, resolve: find }) {
      onResolve({ filter: /^\./ }, async ({ path, pluginData, ...args }) => {
        if (pluginData === ownPlaces || args.kind === 'entry-point') {
          return undefined;
        }
        const found = await find(path, { ...args, pluginData: ownPlaces });
        return found.path.startsWith(source) ? { path: found.path, sideEffects: false } : undefined;
      });
      onLoad({ filter: /\/(?:src|test)\/.*\.ts$/ }, ({ path }) => ({
        contents: readFileSync(path, 'utf8')
          .replace(/\b__dirname\b/g, JSON.stringify(dirname(path)))
          .replace(/\b__filename\b/g, JSON.stringify(path)),
        loader: 'ts',
      }));
    },
  };
}
