import type { Architecture, BaseImageFacts, CatalogReader, PlatformFacts } from '../../catalog';
import type { ImageConfig } from '../../config';
import type { ContextFile, Dockerfile } from '../../model';
import type { DeepPartial } from '../deep-partial';
import type { ImageDescription } from './image-description';

/** What a platform makes of an image, apart from the files that every platform shares. */
export interface PlatformOutput {
  readonly dockerfile: Dockerfile;
  /** Files of the build, such as the script that puts the root file system together. */
  readonly files: readonly ContextFile[];
}

/**
 * How images are built on a distribution. The shipped ones are Alpine, Ubuntu and Debian; extend this class, or
 * `ApkPlatform` or `AptPlatform`, for another.
 */
export abstract class Platform {
  /**
   * @param name what people write: `debian`
   * @param catalog the facts about it
   * @param config the layer of the configuration between the base and the variant
   */
  constructor(
    readonly name: string,
    readonly catalog: CatalogReader,
    readonly config: DeepPartial<ImageConfig>,
  ) {}

  /** What the catalogue knows of the distribution; throws when it knows nothing. */
  get facts(): PlatformFacts {
    const facts = this.catalog.platform(this.name);
    if (!facts) {
      throw new Error(`the catalogue has no platform ${this.name}: bring its facts with Catalog.shipped().with(...)`);
    }
    return facts;
  }

  /** The Dockerfile for one architecture, and the scripts that it runs. */
  abstract render(image: ImageDescription, architecture: Architecture): PlatformOutput;
}

/** What a FROM names for an architecture: its own manifest or, where only that is known, the index. */
export function baseDigest(
  base: BaseImageFacts,
  architecture: Architecture,
): { digest: string; kind: 'manifest' | 'index-only' } {
  if (base.digests) {
    return { digest: base.digests[architecture], kind: 'manifest' };
  }
  return { digest: base.index!, kind: 'index-only' };
}
