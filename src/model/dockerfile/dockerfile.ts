import type { Instruction } from './instruction';

/** What a stage is made from: an image, pinned, or an earlier stage, or nothing (`scratch`). */
export type StageSource =
  | { readonly kind: 'image'; readonly repository: string; readonly tag: string; readonly digest: string }
  | { readonly kind: 'stage'; readonly name: string }
  | { readonly kind: 'scratch' };

/** A stage. A named one can be swapped at build time by `docker buildx build --build-context NAME=...`. */
export interface Stage {
  /** Absent for the last stage alone. */
  readonly name?: string;
  readonly from: StageSource;
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile, as data. */
export interface Dockerfile {
  readonly stages: readonly Stage[];
}
