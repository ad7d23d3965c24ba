import { DockerfileGeneratorError, didYouMean } from '../errors';
import { ImageConstruct } from '../image';
import type { SelectionOptions } from './options';
import type { ImageApp } from '../synth/image-app';

/** Which images of a tree are meant. */
export interface ImageFilter extends SelectionOptions {
  readonly names?: readonly string[];
}

/**
 * The images of a tree that are meant: at least one.
 *
 * @throws DockerfileGeneratorError VALIDATION_ERROR
 */
export function findImages(app: ImageApp, filter: ImageFilter): readonly ImageConstruct[] {
  const all = ImageConstruct.all(app);
  const names = all.map(({ node }) => node.id);
  const unknown = (filter.names ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new DockerfileGeneratorError(
      'VALIDATION_ERROR',
      unknown.map((name) => ({
        where: 'selection of images',
        what: `there is no image ${JSON.stringify(name)}`,
        next: `write ${didYouMean(name, names)}`,
      })),
    );
  }
  const found = all.filter((image) => matches(image, filter));
  if (found.length === 0) {
    throw noneLeft(filter, all);
  }
  return found;
}

function matches(image: ImageConstruct, { names = [], php, platform, release, arch = 'all' }: ImageFilter): boolean {
  return (
    (names.length === 0 || names.includes(image.node.id)) &&
    (php === undefined || image.config.php.version === php) &&
    (platform === undefined || image.platform.name === platform) &&
    (release === undefined || image.target.release.name === release) &&
    (arch === 'all' || image.architectures.includes(arch))
  );
}

function noneLeft(filter: ImageFilter, all: readonly ImageConstruct[]): DockerfileGeneratorError {
  const asked = (['php', 'platform', 'release', 'arch'] as const).flatMap((key) =>
    filter[key] === undefined ? [] : [`--${key} ${filter[key]}`],
  );
  return new DockerfileGeneratorError('VALIDATION_ERROR', [
    {
      where: 'selection of images',
      what: `no image of the tree is selected by ${asked.join(' ')}`,
      next: `choose of: ${all.map(describe).join(', ')}`,
    },
  ]);
}

function describe(image: ImageConstruct): string {
  const { config, platform, target, node } = image;
  return `${node.id} (PHP ${config.php.version}, ${platform.name} ${target.release.name})`;
}
