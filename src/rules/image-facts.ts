/** A bound of a rule that was moved, and why. */
export interface Grant {
  /** What is granted: the name of a PHP function, or of a setting of php.ini. */
  readonly subject: string;
  /** Why, in the words of the person who grants it. */
  readonly reason: string;
}

/** A directory that the running server may write to. */
export interface WritableFacts {
  readonly path: string;
  readonly kind: 'tmpfs' | 'volume';
  readonly exec: boolean;
  /** Octal: `0775` */
  readonly mode: string;
}

/** What one architecture of an image is built from. */
export interface ArchitectureFacts {
  /** `linux/amd64` */
  readonly platform: string;
  readonly base: { readonly reference: string; readonly digest: string };
  readonly downloads: ReadonlyArray<{ readonly url: string; readonly sha256: string }>;
}

/** What the manifest says of an image, as far as rules depend on it. */
export interface ImageFacts {
  /** Construct path. */
  readonly path: string;
  readonly php: {
    readonly version: string;
    readonly endOfLife?: string | undefined;
    readonly extensions: readonly string[];
    /** Whether forms may bring files. */
    readonly uploads: boolean;
  };
  readonly platform: { readonly name: string; readonly release: string; readonly endOfLife: string };
  readonly supervisor: 'overlay' | 'distribution';
  /** `uid:gid` */
  readonly user: string;
  readonly ports: readonly number[];
  readonly documentRoot: string;
  /** The PHP files that may run, as paths of URLs. */
  readonly entryPoints: readonly string[];
  readonly serverNames: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly writablePaths: readonly WritableFacts[];
  readonly packages: ReadonlyArray<{ readonly name: string; readonly origin: string }>;
  /** `live`: the signed archive, versions not pinned. */
  readonly packageSource: string;
  readonly grants: readonly Grant[];
  readonly architectures: Readonly<Record<string, ArchitectureFacts>>;
}
