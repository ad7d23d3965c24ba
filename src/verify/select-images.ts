import { DockerfileGeneratorError } from '../errors';
import type { Manifest, ManifestImage } from '../synth/manifest';

/** Which images of a manifest are meant. */
export interface ImageSelection {
  /**
   * Names of images.
   *
   * @default - all that the other fields leave
   */
  readonly names?: readonly string[];
  /** `8.4` */
  readonly php?: string;
  /** `alpine`, `debian`, `ubuntu` */
  readonly platform?: string;
  /**
   * `amd64`, `arm64`
   *
   * @default - any
   */
  readonly arch?: string;
}

/** An image that is meant, with its name. */
export type SelectedImage = readonly [name: string, image: ManifestImage];

/**
 * The images that are meant: at least one.
 *
 * @throws DockerfileGeneratorError VALIDATION_ERROR
 */
export function selectImages(manifest: Manifest, selection: ImageSelection): SelectedImage[] {
  const { names = [], php, platform, arch } = selection;
  const selected = Object.entries(manifest.images).filter(
    ([name, image]) =>
      (names.length === 0 || names.includes(name)) &&
      (php === undefined || image.php.version === php) &&
      (platform === undefined || image.platform.name === platform) &&
      (arch === undefined || image.architectures[arch] !== undefined),
  );
  const missing = names.filter((name) => !selected.some(([other]) => other === name));
  if (selected.length > 0 && missing.length === 0) {
    return selected;
  }
  const suffix = arch === undefined ? '' : ` for ${arch}`;
  const problem = {
    where: 'selection of images',
    what: missing.length > 0 ? `there is no image ${missing.join(', ')}${suffix}` : `no image is selected${suffix}`,
    next: `choose of: ${Object.keys(manifest.images).join(', ')}`,
  };
  throw new DockerfileGeneratorError('VALIDATION_ERROR', [problem]);
}
