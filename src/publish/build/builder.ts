import type { Annotations, BuildPlaces } from './build-arguments';
import type { BuildStep } from '../plan/step';

/** What came of a build. */
export interface BuildResult {
  /** Attestations that could not be had, and why. */
  readonly missing: readonly string[];
  /** Whether there is a list of the packages beside the image. */
  readonly sbom: boolean;
}

/** How a build is watched and stopped. */
export interface BuildWatch {
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** What makes images of build contexts. */
export interface Builder {
  /** Throws DOCKER_ERROR, with what to install, where nothing can be built. */
  assertReady(builders: ReadonlyArray<string | undefined>): Promise<void>;
  /** Builds an image into an OCI layout. */
  build(step: BuildStep, places: BuildPlaces, annotations: Annotations, watch: BuildWatch): Promise<BuildResult>;
}
