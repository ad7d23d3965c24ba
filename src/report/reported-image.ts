import type { Certainty } from '../catalog';
import type { ArchitectureFacts, ImageFacts } from '../rules';

/** A package of an image. */
export interface ReportedPackage {
  readonly name: string;
  /** `archive`, the name of a repository, or `user`. */
  readonly origin: string;
  /** How well it is known that the release has it. */
  readonly certainty: Certainty;
}

/** One architecture of an image. */
export interface ReportedArchitecture extends ArchitectureFacts {
  /** `linux/amd64` */
  readonly platform: string;
  /** `index-only`: the digest is that of the index over all architectures. */
  readonly base: ArchitectureFacts['base'] & { readonly kind: 'manifest' | 'index-only' };
}

/** What a report tells of an image beside what the rules say: the manifest's words. */
export interface ReportedImage extends ImageFacts {
  readonly php: ImageFacts['php'] & { readonly cliOnlyExtensions: readonly string[] };
  readonly platform: ImageFacts['platform'] & { readonly extendedSupport?: string | undefined };
  /** The worst certainty of a fact that the image rests on. */
  readonly certainty: Certainty;
  readonly packages: readonly ReportedPackage[];
  readonly architectures: Readonly<Record<string, ReportedArchitecture>>;
}

/** A file of a report in pieces, none of them large. */
export interface ReportTexts {
  /** Path below the output directory. */
  readonly path: string;
  readonly texts: Iterable<string>;
}

/** A file of a report. */
export interface ReportFile {
  /** Path below the output directory. */
  readonly path: string;
  readonly content: string;
}
