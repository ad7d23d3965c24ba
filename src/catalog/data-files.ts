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

/**
 * Reads the facts in `data/`, each file when it is first asked for. Only names that an index lists become paths.
 */
export class DataFiles implements CatalogReader {
  get platforms(): readonly string[] {
    return [...load<readonly string[]>('platforms')].sort(byCodePoint);
  }

  get phpVersions(): readonly string[] {
    return Object.keys(lifecycles()).sort(byVersion);
  }

  get s6Overlay(): S6OverlayFacts {
    return load('s6-overlay');
  }

  get composer(): ComposerFacts {
    return load('composer');
  }

  platform(name: string): PlatformFacts | undefined {
    return this.platforms.includes(name) ? load(`${name}/index`) : undefined;
  }

  release(platform: string, release: string): ReleaseFacts | undefined {
    return this.platform(platform)?.releases.includes(release) ? load(`${platform}/${release}`) : undefined;
  }

  lifecycle(php: string): PhpLifecycle | undefined {
    return own(lifecycles(), php);
  }

  repository(name: string): RepositoryFacts | undefined {
    return own(load<Readonly<Record<string, RepositoryFacts>>>('repositories'), name);
  }

  nginxDirectiveSince(directive: string): string | undefined {
    const since = own(load<Readonly<Record<string, unknown>>>('nginx-directives'), directive);
    return typeof since === 'string' ? since : undefined;
  }
}

function lifecycles(): Readonly<Record<string, PhpLifecycle>> {
  return load('php-lifecycle');
}

/** One file of `data/`. The directory and the ending stand in the template, so that a bundler finds the files. */
function load<T>(name: string): T {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy, and the name is only known at run time
  return require(`./data/${name}.json`) as T;
}
