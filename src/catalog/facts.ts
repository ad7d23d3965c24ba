/**
 * A CPU architecture, by its OCI name.
 */
export type Architecture = 'amd64' | 'arm64';

/** Every architecture that images are made for, in the order of their names. */
export const ARCHITECTURES: readonly Architecture[] = ['amd64', 'arm64'];

/**
 * How well a fact is known: read at its primary source, agreed on by several independent public files,
 * stated by one file, derived by a documented rule, or none of these.
 */
export type Certainty = 'verified' | 'corroborated' | 'single-source' | 'inferred' | 'unverified';

/** The certainties from the best to the worst. */
export const CERTAINTIES: readonly Certainty[] = [
  'verified',
  'corroborated',
  'single-source',
  'inferred',
  'unverified',
];

/** Something that was read somewhere. */
export interface Sourced {
  readonly certainty: Certainty;
  /** Where it was read: `owner/repo:path@commit`, a URL, or how it was measured. */
  readonly sources: readonly string[];
}

/** Which packaging conventions a platform follows: its package tool, its paths, its database. */
export type PackageFamily = 'apk' | 'apt';

/** What is known of one distribution. */
export interface PlatformFacts {
  /** Name that people write: `alpine`, `ubuntu`, `debian`. */
  readonly name: string;
  readonly family: PackageFamily;
  /** PHP version to the release that an image of it is based on when nothing else is asked for. */
  readonly defaultRelease: Readonly<Record<string, string>>;
  /** Names of the releases, oldest first. Their facts are files of their own, read when they are needed. */
  readonly releases: readonly string[];
  /** Extensions whose packages cannot be installed together; absent where none are known. */
  readonly conflicts?: ConflictFacts;
}

/** Extensions whose packages exclude each other. */
export interface ConflictFacts extends Sourced {
  readonly pairs: ReadonlyArray<readonly [string, string]>;
}

/** What is known of one release of a distribution. */
export interface ReleaseFacts {
  /** Name as in `FROM`: `3.24`, `24.04`, `trixie`. */
  readonly name: string;
  /** Codename, where it differs from the name (`noble`). Suites of repositories are named after it. */
  readonly codename?: string;
  readonly endOfLife: EndOfLifeFacts;
  readonly base: BaseImageFacts;
  readonly nginx: NginxFacts;
  /** s6 and execline as the distribution packages them; absent where it has none. */
  readonly s6?: S6PackageFacts;
  /** Composer as the distribution packages it; absent where it has none that is known. */
  readonly composer?: ComposerPackageFacts;
  readonly system: SystemPackageFacts;
  /** By PHP version (`8.4`). */
  readonly php: Readonly<Record<string, PhpFacts>>;
}

/** When support ends. Dates are `YYYY-MM-DD`. */
export interface EndOfLifeFacts extends Sourced {
  /** Last day of the maker's regular (security) support. */
  readonly date: string;
  /** Last day of a longer support that is run by others or paid for (LTS, ESM). */
  readonly extended?: string;
}

/** A base image, pinned. */
export interface BaseImageFacts extends Sourced {
  /** `docker.io/library/alpine` */
  readonly repository: string;
  /** `3.24.2` */
  readonly tag: string;
  /** Digest of the architecture's own manifest; absent where only the index is known. */
  readonly digests?: Readonly<Record<Architecture, string>>;
  /** Digest of the index over all architectures; absent where it is not known or known to be partial. */
  readonly index?: string;
}

/** The distribution's nginx. */
export interface NginxFacts extends Sourced {
  /** Package that brings the binary. */
  readonly package: string;
  /** Upstream version, `1.26.3`: what directives it knows. */
  readonly version: string;
  /** Packages of the brotli modules, empty where the distribution has none. */
  readonly brotli: readonly string[];
}

/** The distribution's s6 and execline. */
export interface S6PackageFacts extends Sourced {
  readonly packages: readonly string[];
  /** Upstream version of s6, where it is known. */
  readonly version?: string;
  /** Directories of its programs, in the order of PATH. */
  readonly binDirs: readonly string[];
}

/** The distribution's Composer, which runs on the distribution's own PHP. */
export interface ComposerPackageFacts extends Sourced {
  readonly package: string;
  /** Upstream version, where it is known. */
  readonly version?: string;
  /** The program, a script of PHP. */
  readonly path: string;
}

/** A package that an image needs beside nginx, PHP and s6, and why. */
export interface SystemPackage extends Sourced {
  readonly name: string;
  /** What would be missing without it: one clause for people. */
  readonly purpose: string;
  /** PHP extension that misses it; carried only by an image that has that extension. Absent: by every image. */
  readonly forExtension?: string;
  /** Of a package with many small programs only those in `SystemPackageFacts.programs` are carried. */
  readonly partial?: boolean;
}

/** A file of the base image that an image needs and that no package of `carried` brings. */
export interface SystemFile extends Sourced {
  /** Absolute, the same in the base image and in the image. */
  readonly path: string;
  /** What would be missing without it: one clause for people. */
  readonly purpose: string;
}

/** Packages of the distribution that nobody asks for by name and that a server misses. */
export interface SystemPackageFacts {
  /** Carried by every image: certificates, time zones, character sets, one POSIX shell. */
  readonly carried: readonly SystemPackage[];
  /** Small programs (`cp`, `cat`) that are left in the image; other ones of a partial package are not. */
  readonly programs: readonly string[];
  /** Needed while building and never carried: what unpacks s6-overlay's archives. */
  readonly unpackers: readonly SystemPackage[];
  /** Copied from the base image, where the release packs them together with what an image must not have. */
  readonly files?: readonly SystemFile[];
  /**
   * Installed by dependency, needed only while installing, and therefore not carried: name to reason. A walk over
   * the dependencies of what is carried stops at them: what only they need is not carried either.
   */
  readonly installOnly: Readonly<Record<string, string>>;
}

/** Where the PHP packages come from: the distribution's archive, or a repository of `RepositoryFacts`. */
export type PhpOrigin = 'archive' | 'sury';

/** One PHP version of one release. */
export interface PhpFacts extends Sourced {
  readonly origin: PhpOrigin;
  /** Newest package version that was seen, for people. */
  readonly versionSeen?: string;
  readonly packages: {
    readonly fpm: string;
    readonly cli: string;
  };
  readonly paths: PhpPaths;
  /**
   * By PHP's own extension name, in lower case: the package that brings it; `true` where it is compiled in; `"cli"`
   * where only the command line has it, compiled in; `null` where it is known that the release does not have it.
   * Of a name that is not here nothing is known.
   */
  readonly extensions: Readonly<Record<string, string | true | 'cli' | null>>;
  /** Set where the names in `extensions` follow the repository's naming rule and were not read one by one. */
  readonly extensionsCertainty?: Certainty;
}

/** Where the release's PHP packages keep their files. */
export interface PhpPaths {
  readonly fpmBinary: string;
  readonly cliBinary: string;
  /** php.ini of PHP-FPM. */
  readonly fpmIni: string;
  /** php.ini of the command line; on a release that has one for both, the file named for the command line. */
  readonly cliIni: string;
  /** Root of the configuration (`/etc/php/8.4`), with the files that load the extensions. */
  readonly configDir: string;
}

/** A package repository outside the distribution's archive. */
export interface RepositoryFacts extends Sourced {
  readonly name: string;
  /** `https://packages.sury.org/php/` */
  readonly url: string;
  readonly component: string;
  readonly key: RepositoryKeyFacts;
  /** Package name patterns that may come from it, as in apt's preferences. */
  readonly pin: readonly string[];
}

/** The key that signs a repository. */
export interface RepositoryKeyFacts extends Sourced {
  readonly url: string;
  /** sha256 of the file behind `url`, hexadecimal. */
  readonly sha256: string;
  /** Full fingerprint of the primary key, 40 hexadecimal digits. */
  readonly fingerprint: string;
  /** Day on which the key expires, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** The life of one PHP version. Dates are `YYYY-MM-DD`. */
export interface PhpLifecycle extends Sourced {
  readonly released: string;
  readonly activeSupportEnd: string;
  readonly securitySupportEnd: string;
}

/** One release of s6-overlay. */
export interface S6OverlayFacts extends Sourced {
  readonly version: string;
  /** `https://github.com/.../v3.2.3.2` */
  readonly url: string;
  /** File name and sha256 (hexadecimal) of the part for every architecture. */
  readonly noarch: Download;
  readonly arch: Readonly<Record<Architecture, Download>>;
}

/** One release of Composer; it runs on every PHP of the catalogue. */
export interface ComposerFacts extends Sourced {
  readonly version: string;
  /** `https://getcomposer.org/download/2.10.3/composer.phar` */
  readonly url: string;
  /** sha256 of the file behind `url`, hexadecimal. */
  readonly sha256: string;
}

/** A file that a build downloads. */
export interface Download {
  readonly file: string;
  readonly sha256: string;
}
