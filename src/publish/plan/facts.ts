import type { Problem } from '../../errors/problem';
import type { Descriptor, ImageIndex } from '../oci/types';

/** An image of one architecture that exists, in a registry or kept on this machine. */
export interface FoundArchitecture {
  readonly architecture: string;
  /** Of its label; empty where it has none. */
  readonly identity: string;
  /** `sha256:...` of its own manifest. */
  readonly digest: string;
  /** Of its label: when it was built, as ISO 8601. */
  readonly created: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The image first, then what is attested of it. */
  readonly descriptors: readonly Descriptor[];
  /** Predicates that are attested of it: `https://slsa.dev/provenance/v0.2`. */
  readonly attested: readonly string[];
  /** Whether it passed the verification. */
  readonly verified: boolean;
  /** Whether it passed the gate of the scanner, as this environment sets it. */
  readonly scanned: boolean;
  /** Digests of its layers, unpacked; @default - they are not known */
  readonly layers?: readonly string[];
  /** OCI layout on this machine that holds it. */
  readonly layout?: string;
}

/** What is at a tag. */
export interface TagFacts {
  readonly digest: string;
  /** @default - something else than a list is there */
  readonly index?: ImageIndex;
}

/** What a repository has. */
export interface RepositoryFacts {
  readonly tags: Readonly<Record<string, TagFacts>>;
  /** The images that are there: at a tag, or without one since an earlier run pushed them. */
  readonly images: readonly FoundArchitecture[];
  /** Digests of lists that are there, at a tag or not. */
  readonly lists: readonly string[];
  /** Digests of lists that are signed. */
  readonly signed: readonly string[];
}

/** What is there already: all that a plan knows of the world. */
export interface Facts {
  /** ISO 8601. */
  readonly now: string;
  /** By `image/architecture`. */
  readonly local: Readonly<Record<string, FoundArchitecture>>;
  /** By `image/architecture`: when a build began that did not end. */
  readonly begun: Readonly<Record<string, string>>;
  /** By the id of the destination. */
  readonly repositories: Readonly<Record<string, RepositoryFacts | { readonly problem: Problem }>>;
}

/** Name of an image of one architecture in a plan. */
export function keyOf(image: string, architecture: string): string {
  return `${image}/${architecture}`;
}
