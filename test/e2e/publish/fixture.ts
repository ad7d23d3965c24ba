import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderManifest, MANIFEST_SCHEMA_ID, type Manifest, type ManifestImage } from '../../../src/synth/manifest';

/** What a fixture image says; another text is another identity. */
export interface FixtureImage {
  readonly name: string;
  readonly text: string;
  readonly architectures?: readonly string[];
  /** @default - a file on scratch */
  readonly dockerfile?: string;
  readonly packageSource?: string;
  readonly application?: ManifestImage['application'];
}

const DOCKERFILE = `FROM scratch
COPY text /text
LABEL org.opencontainers.image.title="fixture" org.opencontainers.image.description="one file"
EXPOSE 8080/tcp
USER 10001:10001
ENTRYPOINT ["/text"]
`;

/**
 * Writes an output with a manifest, as a synthesis would: publishing reads nothing else. The images are a file each,
 * so that they are built in a blink for every architecture.
 */
export function writeOutput(output: string, images: readonly FixtureImage[]): Manifest {
  const files: Record<string, { sha256: string }> = {};
  const add = (path: string, content: string): void => {
    mkdirSync(dirname(join(output, path)), { recursive: true });
    writeFileSync(join(output, path), content, { mode: 0o644 });
    files[path] = { sha256: createHash('sha256').update(content).digest('hex') };
  };
  for (const { name, text, architectures = ['amd64', 'arm64'], dockerfile = DOCKERFILE } of images) {
    for (const architecture of architectures) {
      add(`${name}/${architecture}/Dockerfile`, dockerfile);
      add(`${name}/${architecture}/text`, `${text} for ${architecture}\n`);
    }
  }
  const manifest: Manifest = {
    $schema: MANIFEST_SCHEMA_ID,
    version: 1,
    images: Object.fromEntries(images.map((image) => [image.name, describeFixture(image)])),
    files,
  };
  writeFileSync(join(output, 'manifest.json'), renderManifest(manifest));
  return manifest;
}

/** An image of a manifest, with the architectures of the fixture. */
export function describeFixture({
  name,
  architectures = ['amd64', 'arm64'],
  packageSource = 'live',
  application,
}: FixtureImage): ManifestImage {
  return {
    path: name,
    php: { version: '8.4', endOfLife: '2028-12-31', extensions: [], cliOnlyExtensions: [], uploads: false },
    platform: { name: 'debian', release: 'trixie', endOfLife: '2028-08-09' },
    supervisor: 'distribution',
    certainty: 'verified',
    user: '10001:10001',
    ports: [8080],
    documentRoot: '/var/www/html/public',
    entryPoints: ['/index.php'],
    serverNames: [],
    trustedProxies: [],
    writablePaths: [],
    grants: [],
    packageSource,
    packages: [],
    ...(application ? { application } : {}),
    architectures: Object.fromEntries(
      architectures.map((architecture) => [
        architecture,
        {
          context: `${name}/${architecture}`,
          platform: `linux/${architecture}`,
          base: { reference: 'scratch', digest: `sha256:${'0'.repeat(64)}`, kind: 'manifest' as const },
          downloads: [],
        },
      ]),
    ),
  };
}
