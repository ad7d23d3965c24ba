import type { ImageConfig } from '../../config';

/** What the configuration of nginx depends on. */
export interface NginxContext {
  readonly config: ImageConfig;
  /** Whether the release's nginx has a directive. */
  readonly knows: (directive: string) => boolean;
}

/** The context of an image. */
export function nginxContext(image: {
  readonly config: ImageConfig;
  knowsDirective(directive: string): boolean;
}): NginxContext {
  return { config: image.config, knows: (name) => image.knowsDirective(name) };
}
