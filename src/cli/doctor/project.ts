import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { DockerfileGeneratorError } from '../../errors';
import { assemble } from '../../synth';
import { checkOutput } from '../../synth/write-output';
import { openApp } from '../open-app';
import type { TreeOptions } from '../options';
import { hasProject } from '../project-settings';
import { bad, good, poor, type Finding } from './finding';

/** Where a project keeps its tree and its output. */
export type ProjectPlaces = Pick<TreeOptions, 'app' | 'output'>;

/** node, the module with the images, what reads it, and whether the output is up to date. */
export async function examineProject(places: ProjectPlaces): Promise<readonly Finding[]> {
  const tree = hasProject(places)
    ? await examineTree(places)
    : [good('project', `no ${places.app} here: commands use the built-in defaults`)];
  return [examineNode(), examineEsbuild(places.app), ...tree];
}

function examineNode(): Finding {
  const manifest = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const least = manifest.engines.node.replace(/^\D+/, '');
  return compare(process.versions.node, least) >= 0
    ? good('node', process.versions.node)
    : bad('node', `${process.versions.node}, older than ${least}`, `install Node.js ${least} or newer`);
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const index = left!.findIndex((number, place) => number !== right![place]);
  return index < 0 ? 0 : left![index]! - (right![index] ?? 0);
}

function examineEsbuild(app: string): Finding {
  for (const from of [resolve(app), __filename]) {
    try {
      createRequire(from).resolve('esbuild');
      return good('esbuild', 'images.ts can be read');
    } catch {
      continue;
    }
  }
  return poor('esbuild', 'it is not installed', 'npm install --save-dev esbuild, so that TypeScript can be read');
}

async function examineTree({ app, output }: ProjectPlaces): Promise<readonly Finding[]> {
  try {
    const { manifest } = assemble(await openApp(app, output), output);
    const images = Object.keys(manifest.images).length;
    const tree = good('project', `${app}: ${images} image${images === 1 ? '' : 's'}`);
    if (!existsSync(join(output, 'manifest.json'))) {
      return [tree, poor('output', `${output} was not written`, 'run: dockerfile-generator synth')];
    }
    const { drift } = checkOutput(output, manifest);
    return drift
      ? [
          tree,
          poor(
            'output',
            `${output} is not what ${app} describes`,
            'look: dockerfile-generator diff; then: dockerfile-generator synth',
          ),
        ]
      : [tree, good('output', `${output} is up to date`)];
  } catch (error) {
    if (!(error instanceof DockerfileGeneratorError)) {
      throw error;
    }
    const [first] = error.details;
    return [bad('project', `${first!.where}: ${first!.what}`, 'run: dockerfile-generator validate:config')];
  }
}
