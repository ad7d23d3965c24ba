import { DataFiles } from './data-files';
import type {
  ComposerFacts,
  PhpLifecycle,
  PlatformFacts,
  ReleaseFacts,
  RepositoryFacts,
  S6OverlayFacts,
} from './facts';
import { LayeredCatalog, type CatalogAdditions } from './layered-catalog';

/**
 * The one reader of facts about the outside world. Facts are data files; a release is read when it is asked for.
 *
 * A platform of one's own brings its facts by `Catalog.shipped().with(...)`.
 */
export interface CatalogReader {
  /** Names of the platforms, by code point. */
  readonly platforms: readonly string[];
  /** PHP versions, oldest first. */
  readonly phpVersions: readonly string[];
  platform(name: string): PlatformFacts | undefined;
  release(platform: string, release: string): ReleaseFacts | undefined;
  lifecycle(php: string): PhpLifecycle | undefined;
  repository(name: string): RepositoryFacts | undefined;
  readonly s6Overlay: S6OverlayFacts;
  readonly composer: ComposerFacts;
  /** nginx version since which a directive is known (`1.25.1`); `0` for those older than every release here. */
  nginxDirectiveSince(directive: string): string | undefined;
}

/**
 * A catalogue as a value: what ships with this package, and what people lay over it.
 *
 * @example
 * const catalog = Catalog.shipped().with({ releases: { debian: [myRelease] } });
 */
export class Catalog implements CatalogReader {
  private static shippedCatalog?: Catalog;

  /** The catalogue that ships with this package. The same value at every call. */
  static shipped(): Catalog {
    return (Catalog.shippedCatalog ??= new Catalog(new DataFiles()));
  }

  /** A catalogue over any reader, a database or a fixture of a test. */
  static of(reader: CatalogReader): Catalog {
    return reader instanceof Catalog ? reader : new Catalog(reader);
  }

  private constructor(private readonly reader: CatalogReader) {}

  /**
   * A new catalogue in which `additions` stand before these facts: what has a known name replaces, what has a new
   * name is added. This one stays as it is.
   */
  with(additions: CatalogAdditions): Catalog {
    return new Catalog(new LayeredCatalog(this.reader, additions));
  }

  get platforms(): readonly string[] {
    return this.reader.platforms;
  }

  get phpVersions(): readonly string[] {
    return this.reader.phpVersions;
  }

  get s6Overlay(): S6OverlayFacts {
    return this.reader.s6Overlay;
  }

  get composer(): ComposerFacts {
    return this.reader.composer;
  }

  platform(name: string): PlatformFacts | undefined {
    return this.reader.platform(name);
  }

  release(platform: string, release: string): ReleaseFacts | undefined {
    return this.reader.release(platform, release);
  }

  lifecycle(php: string): PhpLifecycle | undefined {
    return this.reader.lifecycle(php);
  }

  repository(name: string): RepositoryFacts | undefined {
    return this.reader.repository(name);
  }

  nginxDirectiveSince(directive: string): string | undefined {
    return this.reader.nginxDirectiveSince(directive);
  }
}
