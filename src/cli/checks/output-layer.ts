import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checked, combined, count, skipped, type Check } from './check';
import type { CheckedTree } from './checked-tree';
import { placeInContext } from './distinct-files';
import type { Problem } from '../../errors';
import { assess, RuleSubject, violationsOf } from '../../rules';
import { MANIFEST_FILE, type Manifest, type ManifestImage } from '../../synth';
import { fault } from './syntax/judge';
import { findForeignOutput } from '../../synth/output-claim';
import { OutputDirectory } from '../../synth/output-directory';
import { agrees } from '../../synth/output-plan';
import { checkOutput } from '../../synth/write-output';
import { readManifest } from '../../verify/read-manifest';

/** Layer 5: what stands on the disk: every byte against the manifest, the rules once more, and the tree. */
export function outputLayer(tree: CheckedTree, output: string): Check {
  const directory = new OutputDirectory(output);
  if (!existsSync(join(output, MANIFEST_FILE))) {
    const foreign = findForeignOutput(directory, new Set(tree.images.map(({ node }) => node.id)));
    return foreign
      ? checked('output', `${output} on the disk`, [foreign])
      : skipped('output', `${output} was not written: run ${tree.isProject ? 'synth' : 'build:dockerfile'} first`);
  }
  const manifest = readManifest(output);
  const names = tree.images.map(({ node }) => node.id).filter((name) => manifest.images[name]);
  const parts = [
    checkBytes(directory, manifest, names),
    judgeAgain(directory, manifest, names),
    compare(tree, output, manifest),
  ];
  return combined('output', `${output} on the disk`, parts);
}

function filesOf({ files }: Manifest, name: string): Array<[path: string, entry: Manifest['files'][string]]> {
  return Object.entries(files).filter(([path]) => path.startsWith(`${name}/`));
}

function checkBytes(directory: OutputDirectory, manifest: Manifest, names: readonly string[]): Check {
  const entries = names.flatMap((name) => filesOf(manifest, name));
  const problems = entries.flatMap(([path, entry]): Problem[] => {
    const file = directory.read(path);
    const what = file
      ? 'its bytes are not those that the manifest lists'
      : 'the manifest lists it, and it is not there';
    return file && agrees(file, entry) ? [] : [fault(`${directory.path}/${path}`, what, RESTORE)];
  });
  return checked('bytes', `${count(entries.length, 'file')} against ${MANIFEST_FILE}`, problems);
}

const RESTORE = 'restore it from version control, or write it again: dockerfile-generator synth --force';

/** The rules over the files as they lie there: an edited context, and an edited manifest, are caught here. */
function judgeAgain(directory: OutputDirectory, manifest: Manifest, names: readonly string[]): Check {
  const problems = names.flatMap((name) =>
    violationsOf(assess(readSubject(directory, manifest, name))).map((violation) => ({
      ...violation,
      where: `${directory.path}/${name}`,
    })),
  );
  return checked('rules over the bytes', count(names.length, 'image'), problems);
}

/** An image of an output directory as the rules look at it. */
function readSubject(directory: OutputDirectory, manifest: Manifest, name: string): RuleSubject {
  const files = filesOf(manifest, name).flatMap(([path]) => {
    const file = directory.read(path);
    return file
      ? [{ path: path.slice(name.length + 1), content: file.content.toString(), executable: file.executable }]
      : [];
  });
  return new RuleSubject(name, manifest.images[name] as ManifestImage, files);
}

/** Whether the tree would be written as what is there; what was never written is told once an image. */
function compare({ assembly, isProject, images }: CheckedTree, output: string, manifest: Manifest): Check {
  if (!assembly) {
    return skipped('agreement with the tree', 'nothing is rendered while a layer above fails');
  }
  const { written, removed } = checkOutput(output, assembly.manifest);
  const next = `run: dockerfile-generator ${isProject ? 'synth' : 'build:dockerfile'}`;
  const problems = images.flatMap(({ node }): Problem[] => {
    const there = manifest.images[node.id];
    if (!there) {
      return [fault(`${output}/${node.id}`, 'the image is in the tree, and was not written', next)];
    }
    const stale = [...written, ...removed].filter((path) => isOf(path, node.id, there));
    return stale.length > 0
      ? [fault(`${output}/${node.id}`, `not what the tree describes: ${shortened(stale)}`, next)]
      : [];
  });
  return checked('agreement with the tree', count(images.length, 'image'), problems);
}

/** A file of an image, and of an architecture that was written. */
function isOf(path: string, name: string, { architectures }: ManifestImage): boolean {
  const place = placeInContext(path);
  return path.startsWith(`${name}/`) && (!place || architectures[place.architecture] !== undefined);
}

/** Files that a message names before it only counts. */
const NAMED = 5;

function shortened(paths: readonly string[]): string {
  const rest = paths.length - NAMED;
  return `${paths.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${count(rest, 'more file')}` : ''}`;
}
