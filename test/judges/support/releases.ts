import { compareVersions } from './judge';
import { rawFacts } from './output';

interface RawAlpine {
  readonly branches: Record<
    string,
    { readonly nginx: { version_at_release: string; last_seen: { version: string } | null } }
  >;
}

interface RawDebian {
  readonly releases: Record<string, { readonly nginx: { readonly security: string } }>;
}

interface RawUbuntu {
  readonly releases: Record<string, { readonly nginx_seen: string }>;
}

/** Version of a release's nginx, the newest that the raw facts know of. */
export function nginxOf(platform: string, release: string): string {
  return versionsOfNginx(platform, release)
    .map((text) => /^\d+\.\d+\.\d+/.exec(text)![0])
    .sort(compareVersions)
    .at(-1)!;
}

function versionsOfNginx(platform: string, release: string): string[] {
  switch (platform) {
    case 'alpine': {
      const { nginx } = rawFacts<RawAlpine>('alpine').branches[release]!;
      return [nginx.version_at_release, ...(nginx.last_seen ? [nginx.last_seen.version] : [])];
    }
    case 'debian':
      return [rawFacts<RawDebian>('debian').releases[release]!.nginx.security];
    case 'ubuntu':
      return [rawFacts<RawUbuntu>('ubuntu').releases[release]!.nginx_seen];
    default:
      throw new Error(`the raw facts know no platform ${platform}`);
  }
}
