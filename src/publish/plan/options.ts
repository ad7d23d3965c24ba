import type { Gates } from './plan';

/** How the lists and tags are treated. */
export type ListMode =
  /** A list of every architecture of the manifest; while one is missing the tags stay where they are. */
  | 'join'
  /** The selected architectures are added to the list at the tag, or replaced in it. */
  | 'update'
  /** The selected architectures are removed from the list at the tag. */
  | 'remove'
  /** No list and no tag is touched. */
  | 'none';

/** What a plan is made of, beside the images and the facts. */
export interface PlanOptions {
  readonly environment: string;
  readonly gates: Gates;
  /** Milliseconds after which an image with live packages is built again. */
  readonly maxAge: number;
  /** Whether everything is built again. */
  readonly rebuild: boolean;
  /**
   * Keys of images of which a package has moved: they are built again, and no other because of its age.
   *
   * @default - nobody has looked
   */
  readonly moved?: ReadonlySet<string>;
  /** Whether missing images are built; @default - true */
  readonly build?: boolean;
  /** Whether images are pushed; else they are loaded into the engine. */
  readonly push: boolean;
  readonly lists: ListMode;
  /** Builder of each architecture; '' is that of all others. */
  readonly builders: Readonly<Record<string, string>>;
  readonly buildContexts: readonly string[];
  readonly network?: string;
  /** Whether layers of the builder's cache are taken, however old their packages are. */
  readonly cache: boolean;
  /** Labels of every image: revision, source, version. */
  readonly labels: Readonly<Record<string, string>>;
}
