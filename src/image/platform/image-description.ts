import type { PhpFacts, PhpLifecycle, ReleaseFacts, RepositoryFacts, S6OverlayFacts } from '../../catalog';
import type { ImageConfig } from '../../config';
import type { ContextFile } from '../../model';
import type { ApplicationDescription } from '../application';
import type { BuildStepProps, WritablePath } from '../contributions';

/** An image with everything that its constructs contribute, as a platform renders it. */
export interface ImageDescription {
  readonly name: string;
  readonly config: ImageConfig;
  readonly release: ReleaseFacts;
  readonly php: PhpFacts;
  readonly lifecycle?: PhpLifecycle;
  /** The repository of the PHP packages, where that is not the distribution's archive. */
  readonly repository?: RepositoryFacts;
  /** s6-overlay, where it supervises. */
  readonly overlay?: S6OverlayFacts;
  /** Packages to install, once each, by code point. */
  readonly packages: readonly string[];
  readonly files: readonly ContextFile[];
  readonly environment: ReadonlyMap<string, string>;
  readonly writablePaths: readonly WritablePath[];
  readonly ports: readonly number[];
  readonly buildSteps: readonly BuildStepProps[];
  readonly entrypoint: readonly string[];
  readonly binDirs: readonly string[];
  readonly healthcheck: readonly string[];
  /** The code that the build brings in; absent where it arrives otherwise. */
  readonly application?: ApplicationDescription;
}
