import type { Facts, FoundArchitecture, RepositoryFacts } from '../../../src/publish/plan/facts';
import type { PlanOptions } from '../../../src/publish/plan/options';
import { wantedImages, type WantedImage, type WantedOptions } from '../../../src/publish/wanted';
import type { Manifest } from '../../../src/synth/manifest';
import { describeFixture } from '../../e2e/publish/fixture';

export const NOW = '2026-11-23T12:00:00.000Z';

export const PLACE = '127.0.0.1:5000/shop/web';

/** A manifest with an image of two architectures. */
export function manifestOf(name = 'web', more: Manifest['files'] = {}): Manifest {
  const files = ['amd64', 'arm64'].map((arch) => [`${name}/${arch}/Dockerfile`, { sha256: 'a'.repeat(64) }] as const);
  return {
    $schema: '',
    version: 1,
    images: { [name]: describeFixture({ name, text: '' }) },
    files: { ...Object.fromEntries(files), ...more },
  };
}

/** The images of a manifest, for one registry on this machine. */
export function wantedOf(options: Partial<WantedOptions> = {}, manifest: Manifest = manifestOf()): WantedImage[] {
  return wantedImages(manifest, {
    environment: {
      registries: [{ registry: '127.0.0.1:5000', namespace: 'shop' }],
      repository: '{name}',
      tags: ['{tag}'],
    },
    tag: 'latest',
    buildContexts: [],
    ...options,
  });
}

/** An image that is there as the manifest wants it. */
export function foundOf(
  wanted: WantedImage,
  architecture: string,
  more: Partial<FoundArchitecture> = {},
): FoundArchitecture {
  const { identity } = wanted.architectures.find((item) => item.architecture === architecture)!;
  const digest = `sha256:${architecture === 'amd64' ? 'a'.repeat(64) : 'b'.repeat(64)}`;
  return {
    architecture,
    identity,
    digest,
    created: '2026-11-22T12:00:00.000Z',
    labels: { 'org.opencontainers.image.title': 'web' },
    descriptors: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest,
        size: 1,
        platform: { architecture, os: 'linux' },
      },
    ],
    attested: [],
    verified: true,
    scanned: true,
    ...more,
  };
}

/** A repository with some images and nothing at its tags. */
export function repositoryOf(
  images: readonly FoundArchitecture[],
  more: Partial<RepositoryFacts> = {},
): RepositoryFacts {
  return { tags: {}, images, lists: [], signed: [], ...more };
}

export function factsOf(repositories: Facts['repositories'], more: Partial<Facts> = {}): Facts {
  return { now: NOW, local: {}, begun: {}, repositories, ...more };
}

export const OPTIONS: PlanOptions = {
  environment: 'test',
  gates: { verify: 'run' },
  maxAge: 7 * 86_400_000,
  rebuild: false,
  push: true,
  lists: 'join',
  builders: {},
  buildContexts: [],
  cache: false,
  labels: {},
};
