import { relative, resolve, sep } from 'node:path';
import { byCodePoint, type Architecture } from '../catalog';
import { byPath } from '../catalog/order';
import { Pool } from '../config';
import { flatMap } from '../config/flat-map';
import { deploymentFiles, describeRun } from '../deploy';
import { DockerfileGeneratorError, type Problem } from '../errors';
import { describeImage, type ImageConstruct, type ImageDescription } from '../image';
import { renderDockerfile, type ContextFile } from '../model';
import { applyPatches } from './apply-patches';
import { renderReadme } from './image-readme';
import type { ManifestImage } from './manifest';
import { manifestImage } from './manifest-image';

/** A file of the output. */
export interface OutputFile {
  /** Path below the output directory, with `/`. */
  readonly path: string;
  readonly content: string;
  /** Mode 0755 instead of 0644. */
  readonly executable: boolean;
  /** The content in pieces, where it may be too large for one text. */
  readonly texts?: Iterable<string>;
}

/** An image as files, and as the manifest tells of it. */
export interface RenderedImage {
  /** Sorted by path. */
  readonly files: readonly OutputFile[];
  readonly manifest: ManifestImage;
}

/** The directory of an application as files of the output name it: the same on every machine. */
function relativeDirectory(outdir: string, directory: string): string {
  return relative(resolve(outdir), resolve(directory)).split(sep).join('/') || '.';
}

/**
 * Renders the build contexts of an image. What the architectures share is rendered once; only the Dockerfile, which
 * names a base and downloads for its architecture, is rendered for each.
 */
export function renderImage(image: ImageConstruct, outdir: string): RenderedImage {
  const description = describeImage(image);
  const name = image.node.id;
  const directory = description.application && relativeDirectory(outdir, description.application.directory);
  const run = describeRun(image, description, directory);
  const readme = { path: 'README.md', content: renderReadme(image, description, run) };
  const shared = [readme, ...deploymentFiles(run)].map((file) => at(name, { ...file, executable: false }));
  const contexts = flatMap(image.architectures, (architecture) =>
    renderContext(image, description, architecture).map((file) => at(`${name}/${architecture}`, file)),
  );
  return {
    files: applyPatches(image, [...shared, ...contexts]).sort(byPath),
    manifest: manifestImage(image, description, directory),
  };
}

/** A file of a directory. */
function at(directory: string, { path, content, executable }: ContextFile): OutputFile {
  return { path: `${directory}/${path}`, content, executable };
}

function renderContext(
  image: ImageConstruct,
  description: ImageDescription,
  architecture: Architecture,
): readonly ContextFile[] {
  const { dockerfile, files } = image.platform.render(description, architecture);
  const mounted = [...description.files, ...files];
  return [
    { path: 'Dockerfile', content: renderDockerfile(dockerfile), executable: false },
    { path: '.dockerignore', content: dockerignoreOf(image, mounted), executable: false },
    ...mounted,
  ];
}

/** Lists of files that were looked at: there are not many, and each has its .dockerignore. */
const IGNORED = new Pool<string>(50);

/** The .dockerignore for the files of a context; throws where one of them stands in the way of another. */
function dockerignoreOf(image: ImageConstruct, files: readonly ContextFile[]): string {
  return IGNORED.share(files.map(({ path }) => path).join('\0'), () => {
    assertDistinct(image, files);
    return renderDockerignore(files);
  });
}

/** The platform's own files and those of the constructs share one context. */
function assertDistinct(image: ImageConstruct, files: readonly ContextFile[]): void {
  const taken = new Set(['Dockerfile', '.dockerignore']);
  const problems: Problem[] = [];
  for (const { path } of files) {
    if (taken.has(path)) {
      problems.push({
        where: image.node.path,
        what: `two files of the context are named ${path}`,
        next: 'give one of the two another path',
      });
    }
    taken.add(path);
  }
  for (const path of taken) {
    const parent = path
      .split('/')
      .slice(0, -1)
      .map((_, index, all) => all.slice(0, index + 1).join('/'))
      .find((other) => taken.has(other));
    if (parent !== undefined) {
      problems.push({
        where: image.node.path,
        what: `${path} lies below ${parent}, which is a file of the context`,
        next: 'give one of the two another path',
      });
    }
  }
  if (problems.length > 0) {
    throw new DockerfileGeneratorError('VALIDATION_ERROR', problems);
  }
}

/** Nothing else of the folder reaches the builder. */
function renderDockerignore(files: readonly ContextFile[]): string {
  const roots = [...new Set(files.map(({ path }) => path.split('/')[0]!))].sort(byCodePoint);
  return ['*', ...roots.map((root) => `!${root}`), ''].join('\n');
}
