import { Catalog, releasesWithPhp } from '../catalog';
import { DockerfileGeneratorError, nearest } from '../errors';
import { ImageConstruct } from '../image';
import { findImages } from './find-images';
import { openApp } from './open-app';
import type { SelectionOptions, TreeOptions } from './options';
import { DEFAULT_APP, hasProject } from './project-settings';
import { UsageError } from './usage-error';
import { ImageApp } from '../synth/image-app';

/** A tree, and which of its images are meant. */
export interface OpenedTree {
  readonly app: ImageApp;
  /** At least one; in a project that has images of its own, those that were selected. */
  readonly images: readonly ImageConstruct[];
  /** Whether it is the tree of a project, and not the built-in defaults. */
  readonly isProject: boolean;
}

/** Which tree, and which images of it. */
export interface OpenTreeOptions extends TreeOptions, SelectionOptions {
  readonly names?: readonly string[];
  /** The command, as it is named where something is missing. */
  readonly command: string;
  /** Whether the built-in defaults may be all images that there can be, where nothing is selected. @default false */
  readonly all?: boolean;
}

/**
 * The tree of the project in this folder; without a project, the built-in defaults of the asked PHP and platform.
 *
 * @throws DockerfileGeneratorError what keeps the module with the images from loading, or that it has no such image
 * @throws UsageError where there is no project and nothing says which image is wanted
 */
export async function openTree(options: OpenTreeOptions): Promise<OpenedTree> {
  if (hasProject(options)) {
    const app = await openApp(options.app, options.output);
    return { app, images: findImages(app, options), isProject: true };
  }
  const app = builtInTree(options);
  return { app, images: ImageConstruct.all(app), isProject: false };
}

function builtInTree(options: OpenTreeOptions): ImageApp {
  const { names = [], php, platform, release, output, command, all } = options;
  if (names.length > 0) {
    throw missingModule(options, names);
  }
  if (!all && (php === undefined || platform === undefined)) {
    throw incomplete(command, { php, platform });
  }
  const app = new ImageApp({ outdir: output });
  for (const [version, name] of combinations({ php, platform })) {
    const id = `nginx-php-fpm-${version}-${name}${release && !isDefault(name, version, release) ? `-${release}` : ''}`;
    new ImageConstruct(app, id, { php: version, platform: name, release });
  }
  return app;
}

/** What was asked for; where one of the two is open, every release that the catalogue has for it. */
function combinations({ php, platform }: SelectionOptions): ReadonlyArray<readonly [php: string, platform: string]> {
  if (php !== undefined && platform !== undefined) {
    return [[php, platform]];
  }
  const catalog = Catalog.shipped();
  return (php ? [php] : catalog.phpVersions).flatMap((version) =>
    (platform ? [platform] : catalog.platforms)
      .filter((name) => catalog.platform(name) === undefined || releasesWithPhp(catalog, name, version).length > 0)
      .map((name) => [version, name] as const),
  );
}

function isDefault(platform: string, php: string, release: string): boolean {
  return Catalog.shipped().platform(platform)?.defaultRelease[php] === release;
}

function incomplete(command: string, { php, platform }: SelectionOptions): UsageError {
  const missing = [...(php === undefined ? ['--php'] : []), ...(platform === undefined ? ['--platform'] : [])];
  const { phpVersions, platforms } = Catalog.shipped();
  // Of what was given, what is wrong is not said again.
  const version = php !== undefined && phpVersions.includes(php) ? php : phpVersions.at(-1)!;
  const name = (platform !== undefined && nearest(platform, platforms)) || platforms[0]!;
  return new UsageError([
    {
      where: `dockerfile-generator ${command}`,
      what: `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not given, and there is no ${DEFAULT_APP} here`,
      why: 'without a project the built-in defaults are used, and they need both',
      next: `write: dockerfile-generator ${command} --php ${version} --platform ${name} (PHP ${phpVersions.join(', ')}; ${platforms.join(', ')}), or dockerfile-generator init for a project`,
    },
  ]);
}

function missingModule({ app, command }: OpenTreeOptions, names: readonly string[]): DockerfileGeneratorError {
  return new DockerfileGeneratorError('CONFIG_LOAD_ERROR', [
    {
      where: app,
      what: 'there is no such file',
      why: `${names.join(', ')} can only be an image of a project`,
      next: `run: dockerfile-generator init, or name a built-in image: dockerfile-generator ${command} --php VERSION --platform NAME`,
    },
  ]);
}
