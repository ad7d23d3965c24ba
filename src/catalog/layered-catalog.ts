import type { CatalogReader } from './catalog';
import type {
  ComposerFacts,
  PhpLifecycle,
  PlatformFacts,
  ReleaseFacts,
  RepositoryFacts,
  S6OverlayFacts,
} from './facts';
import { byCodePoint, byVersion, own } from './order';

/** Facts that people bring along. */
export interface CatalogAdditions {
  /** Platforms, each named by its `name`. @default none */
  readonly platforms?: readonly PlatformFacts[];
  /**
   * Releases by the name of their platform. One that the platform does not list yet comes after those that it lists.
   * @default none
   */
  readonly releases?: Readonly<Record<string, readonly ReleaseFacts[]>>;
  /** Lives of PHP versions. @default none */
  readonly lifecycles?: Readonly<Record<string, PhpLifecycle>>;
  /** Package repositories, each named by its `name`. @default none */
  readonly repositories?: readonly RepositoryFacts[];
  /** The release of s6-overlay. @default the one below */
  readonly s6Overlay?: S6OverlayFacts;
  /** The release of Composer. @default the one below */
  readonly composer?: ComposerFacts;
  /** nginx directives, of modules of one's own for example, and since when they are known. @default none */
  readonly nginxDirectives?: Readonly<Record<string, string>>;
}

/**
 * Additions laid over a reader.
 */
export class LayeredCatalog implements CatalogReader {
  constructor(
    private readonly below: CatalogReader,
    private readonly additions: CatalogAdditions,
  ) {
    for (const platform of Object.keys(additions.releases ?? {})) {
      if (this.platform(platform) === undefined) {
        throw new Error(
          `Releases were given for the platform '${platform}', of which the catalogue knows nothing. ` +
            `Give its facts in 'platforms' too, or use one of: ${this.platforms.join(', ')}.`,
        );
      }
    }
  }

  get platforms(): readonly string[] {
    return unique([...this.below.platforms, ...(this.additions.platforms ?? []).map(({ name }) => name)]).sort(
      byCodePoint,
    );
  }

  get phpVersions(): readonly string[] {
    return unique([...this.below.phpVersions, ...Object.keys(this.additions.lifecycles ?? {})]).sort(byVersion);
  }

  get s6Overlay(): S6OverlayFacts {
    return this.additions.s6Overlay ?? this.below.s6Overlay;
  }

  get composer(): ComposerFacts {
    return this.additions.composer ?? this.below.composer;
  }

  platform(name: string): PlatformFacts | undefined {
    const facts = this.additions.platforms?.find((platform) => platform.name === name) ?? this.below.platform(name);
    if (facts === undefined) return undefined;
    return { ...facts, releases: unique([...facts.releases, ...this.added(name).map((release) => release.name)]) };
  }

  release(platform: string, release: string): ReleaseFacts | undefined {
    return this.added(platform).find(({ name }) => name === release) ?? this.below.release(platform, release);
  }

  lifecycle(php: string): PhpLifecycle | undefined {
    return own(this.additions.lifecycles ?? {}, php) ?? this.below.lifecycle(php);
  }

  repository(name: string): RepositoryFacts | undefined {
    return this.additions.repositories?.find((repository) => repository.name === name) ?? this.below.repository(name);
  }

  nginxDirectiveSince(directive: string): string | undefined {
    return own(this.additions.nginxDirectives ?? {}, directive) ?? this.below.nginxDirectiveSince(directive);
  }

  private added(platform: string): readonly ReleaseFacts[] {
    return own(this.additions.releases ?? {}, platform) ?? [];
  }
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
