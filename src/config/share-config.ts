import type { ImageConfig } from './image-config';
import { shareEach, shareValue } from './share-value';

/** A configuration whose lists and innermost objects are those of other images, where they are equal; all is frozen. */
export function shareConfig(config: ImageConfig): ImageConfig {
  const { php, nginx, security, s6, volumes } = config;
  // Key by key: V8 would describe what is spread from a frozen object for each image anew.
  return Object.freeze({
    security: shareValue(security),
    s6: shareValue(s6),
    volumes: shareValue(volumes),
    php: shareEach(php),
    nginx: shareEach(nginx),
  });
}
