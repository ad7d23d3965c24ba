import { byCodePoint, type Architecture } from '../catalog';
import { describeImage, type ImageConstruct, type ImageDescription } from '../image';
import { renderDockerfile, type ContextFile } from '../model';
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
}

/** An image as files, and as the manifest tells of it. */
export interface RenderedImage {
  /** Sorted by path. */
  readonly files: readonly OutputFile[];
  readonly manifest: ManifestImage;
}

/**
 * Renders the build contexts of an image. What the architectures share is rendered once; only the Dockerfile, which
 * names a base and downloads for its architecture, is rendered for each.
 */
export function renderImage(image: ImageConstruct): RenderedImage {
  const description = describeImage(image);
  const name = image.node.id;
  const readme = { path: `${name}/README.md`, content: renderReadme(image, description), executable: false };
  const contexts = image.architectures.flatMap((architecture) =>
    renderContext(image, description, architecture).map((file) => ({
      ...file,
      path: `${name}/${architecture}/${file.path}`,
    })),
  );
  return {
    files: [readme, ...contexts].sort((a, b) => byCodePoint(a.path, b.path)),
    manifest: manifestImage(image, description),
  };
}

function renderContext(image: ImageConstruct, description: ImageDescription, architecture: Architecture): OutputFile[] {
  const { dockerfile, files } = image.platform.render(description, architecture);
  const mounted = [...description.files, ...files];
  return [
    { path: 'Dockerfile', content: renderDockerfile(dockerfile), executable: false },
    { path: '.dockerignore', content: renderDockerignore(mounted), executable: false },
    ...mounted.map(({ path, content, executable }) => ({ path, content, executable })),
  ];
}

/** Nothing else of the folder reaches the builder. */
function renderDockerignore(files: readonly ContextFile[]): string {
  const roots = [...new Set(files.map(({ path }) => path.split('/')[0]!))].sort(byCodePoint);
  return ['*', ...roots.map((root) => `!${root}`), ''].join('\n');
}
