import type { ImageConfig } from './image-config';
import { shareEach } from './share-value';

/** A configuration whose lists and innermost objects are those of other images, where they are equal; all is frozen. */
export function shareConfig(config: ImageConfig): ImageConfig {
  const { php, nginx, ...rest } = config;
  return Object.freeze({ ...shareEach(rest), php: shareEach(php), nginx: shareEach(nginx) });
}
