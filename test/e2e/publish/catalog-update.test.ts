import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { TestRegistry } from './registry';
import type { InputLock } from '../../../src';
import { MEDIA_TYPES } from '../../../src/publish/oci/types';
import { HttpRegistry } from '../../../src/publish/registry/http-registry';

const ROOT = join(__dirname, '../../..');

const IMAGES = `
import { ImageConstruct } from ${JSON.stringify(join(ROOT, 'src'))};
export default (app) => { new ImageConstruct(app, 'web', { php: '8.4', platform: 'debian' }); };
`;

describePublish('catalog:update', [], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;

  beforeAll(async () => {
    registry = await TestRegistry.start();
    project = new Project(join(path, 'project'));
    symlinkSync(join(ROOT, 'node_modules'), join(project.directory, 'node_modules'));
    writeFileSync(join(project.directory, 'images.ts'), IMAGES);
  });

  afterAll(() => registry.remove());

  /** Puts a base for some architectures into the registry; gives their digests. */
  async function push(tag: string, architectures: readonly string[], marker: string): Promise<Record<string, string>> {
    const client = new HttpRegistry(registry.host);
    const repository = 'library/debian';
    const config = Buffer.from(JSON.stringify({ marker }));
    const { createHash } = await import('node:crypto');
    const digest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
    const { Readable } = await import('node:stream');
    await client.putBlob(repository, {
      digest,
      size: config.length,
      open: () => Promise.resolve(Readable.from([config])),
    });
    const manifests = await Promise.all(
      architectures.map(async (architecture) => {
        const bytes = Buffer.from(
          JSON.stringify({
            schemaVersion: 2,
            mediaType: MEDIA_TYPES.manifest,
            config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: config.length },
            layers: [],
            annotations: { architecture, marker },
          }),
        );
        const own = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
        await client.putManifest(repository, own, { bytes, mediaType: MEDIA_TYPES.manifest });
        return {
          mediaType: MEDIA_TYPES.manifest,
          digest: own,
          size: bytes.length,
          platform: { os: 'linux', architecture },
        };
      }),
    );
    const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests }));
    await client.putManifest(repository, tag, { bytes: index, mediaType: MEDIA_TYPES.index });
    return Object.fromEntries(manifests.map((item) => [item.platform.architecture, item.digest]));
  }

  const lock = (): InputLock => JSON.parse(readFileSync(join(project.directory, 'lock.json'), 'utf8')) as InputLock;

  /** Not the bundle of the other tests: the images load the sources of this package, which is there once. */
  const run = (...args: string[]) =>
    spawnSync(join(ROOT, 'node_modules/.bin/tsx'), [join(ROOT, 'src/cli/main.ts'), ...args], {
      cwd: project.directory,
      encoding: 'utf8',
    });

  const update = (...args: string[]) =>
    run(...['catalog:update', '--mirror', registry.host, '--tag', 'debian trixie=of-today', ...args]);

  it('writes what the registry has, as a diff; synth takes it; a second run finds nothing', async () => {
    // GIVEN
    const digests = await push('of-today', ['amd64', 'arm64'], 'one');
    // WHEN
    const checked = update('--check');
    expect([checked.status, checked.stderr]).toEqual([1, '']);
    expect([checked.status, existsSync(join(project.directory, 'lock.json'))]).toEqual([1, false]);
    const { status, stdout } = update();
    // THEN
    expect([status, stdout]).toEqual([0, expect.stringContaining(`+        "amd64": "${digests.amd64}"`)]);
    expect(lock().bases['debian trixie']).toEqual({
      repository: 'docker.io/library/debian',
      tag: 'of-today',
      digests,
    });
    expect(run('synth').status).toBe(0);
    expect(readFileSync(join(project.output, 'web/arm64/Dockerfile'), 'utf8')).toContain(
      `FROM docker.io/library/debian:of-today@${digests.arm64} AS base`,
    );
    const again = update();
    expect([again.status, again.stderr]).toEqual([0, expect.stringContaining('lock.json is up to date')]);
  });

  it('shows the digests that moved, and nothing else', async () => {
    const before = lock().bases['debian trixie']!.digests!;
    const digests = await push('of-today', ['amd64', 'arm64'], 'two');
    const { stdout } = update();
    const changed = stdout.split('\n').filter((line) => /^[-+] /.test(line));
    expect(changed).toEqual([
      `-        "amd64": "${before.amd64}",`,
      `-        "arm64": "${before.arm64}"`,
      `+        "amd64": "${digests.amd64}",`,
      `+        "arm64": "${digests.arm64}"`,
    ]);
  });

  it('leaves the lock alone where an architecture, a tag or a base is missing', async () => {
    const before = lock();
    await push('of-one', ['amd64'], 'three');
    for (const [tag, problem] of [
      ['debian trixie=of-one', 'is no list with arm64 in it'],
      ['debian trixie=of-nobody', 'has no docker.io/library/debian:of-nobody'],
      ['debian sarge=3', 'the images have no such base'],
    ]) {
      const { status, stderr } = update('--tag', tag!);
      expect([status, stderr]).toEqual([16, expect.stringContaining(problem!)]);
    }
    expect(lock()).toEqual(before);
  });
});
