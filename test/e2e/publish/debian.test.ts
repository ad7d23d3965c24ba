import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../../src/publish/oci/digest';
import type { ImageIndex, ImageManifest } from '../../../src/publish/oci/types';
import { renderManifest, type Manifest } from '../../../src/synth/manifest';
import { ARCHITECTURE, BASE, describeWithEngine, docker, PATIENCE, tryDocker } from '../engine';
import { plannedSteps, Project, type CliResult } from './cli';
import { temporaryDirectory } from './describe-publish';
import { TestRegistry } from './registry';

const OUTPUT = join(__dirname, '../../../output');
const NAME = 'nginx-php-fpm-8.4-debian';

/** Both, where arm64 is tested: its build takes minutes under emulation (npm run test:e2e:arm64). */
const ARCHITECTURES = ARCHITECTURE === 'amd64' ? ['amd64'] : ['amd64', ARCHITECTURE];

/** The base of the test bed for all of them. */
const BASES = ARCHITECTURE === 'amd64' ? BASE : BASE.slice(0, -`-${ARCHITECTURE}`.length);

const MACHINES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

/** The committed image, for the architectures that are tested. */
function writeImage(output: string): void {
  cpSync(join(OUTPUT, NAME), join(output, NAME), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(OUTPUT, 'manifest.json'), 'utf8')) as Manifest;
  const image = manifest.images[NAME]!;
  const architectures = Object.fromEntries(ARCHITECTURES.map((name) => [name, image.architectures[name]!]));
  const images = { [NAME]: { ...image, architectures } };
  writeFileSync(join(output, 'manifest.json'), renderManifest({ ...manifest, images }));
}

describeWithEngine(`publishing the committed Debian 8.4 image for ${ARCHITECTURES.join(' and ')}`, () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;
  let first: CliResult;

  const publish = (): Promise<CliResult> =>
    project.run([
      'publish',
      '--environment=test',
      '--log-format=json',
      // The base of the test bed; layers of other tests are as young as this one.
      '--cache',
      '--network=host',
      `--build-context=base=docker-image://${BASES}`,
    ]);

  beforeAll(async () => {
    registry = await TestRegistry.start();
    project = new Project(join(path, 'project'), { test: { registries: [{ registry: registry.host }] } });
    writeImage(project.output);
    first = await publish();
  }, 600_000 * PATIENCE);

  afterAll(() => registry.remove());

  it('runs every check before the tag is there, and says of which architecture it only looked at the image', () => {
    expect(first.stderr).not.toContain('FAILED');
    expect(first.status).toBe(0);
    const { amd64, arm64 } = project.receipt.images[NAME]!.architectures;
    expect(amd64!.verification).toMatchObject({ mode: 'run' });
    expect(Number.parseInt(amd64!.verification!.detail, 10)).toBeGreaterThan(60);
    expect(arm64?.verification?.mode).toBe(ARCHITECTURES.includes('arm64') ? 'inspect' : undefined);
  });

  it('is a list of every architecture with what is attested of it, and skopeo, buildx and the receipt agree', () => {
    // GIVEN
    const reference = `${registry.host}/${NAME}:latest`;
    const { architectures, destinations } = project.receipt.images[NAME]!;
    const { list } = destinations[`${registry.host}/${NAME}`]!;
    // WHEN
    const raw = execFileSync('skopeo', ['inspect', '--raw', '--tls-verify=false', `docker://${reference}`]);
    const shown = docker('buildx', 'imagetools', 'inspect', reference);
    // THEN
    const { manifests } = JSON.parse(raw.toString()) as ImageIndex;
    const images = manifests.filter(({ platform }) => platform?.os === 'linux');
    const attestations = manifests.filter(({ platform }) => platform?.os === 'unknown');
    expect(digestOf(raw)).toBe(list);
    expect(shown).toContain(`Digest:    ${list}`);
    expect(images.map(({ platform }) => platform?.architecture)).toEqual(ARCHITECTURES);
    expect(images.map(({ digest }) => digest)).toEqual(ARCHITECTURES.map((name) => architectures[name]!.digest));
    expect(attestations.map(({ annotations }) => annotations?.['vnd.docker.reference.digest'])).toEqual(
      images.map(({ digest }) => digest),
    );
    images.forEach(({ digest, platform }) => {
      expect(shown).toMatch(new RegExp(`@${digest}\\n.*\\n *Platform: +linux/${platform!.architecture}`));
    });
    attestations.forEach(({ digest }) => {
      const [of] = [`docker://${registry.host}/${NAME}@${digest}`];
      const { layers } = JSON.parse(
        execFileSync('skopeo', ['inspect', '--raw', '--tls-verify=false', of]).toString(),
      ) as ImageManifest;
      expect(layers.map((layer) => layer.annotations?.['in-toto.io/predicate-type'])).toContain(
        'https://slsa.dev/provenance/v0.2',
      );
    });
  });

  it.each(ARCHITECTURES)('is pulled back by digest, and runs: %s', (architecture) => {
    const { digest, labels } = project.receipt.images[NAME]!.architectures[architecture]!;
    const reference = `${registry.host}/${NAME}@${digest}`;
    const platform = `--platform=linux/${architecture}`;
    docker('pull', '--quiet', platform, reference);
    const flags = ['--rm', platform, '--read-only', '--cap-drop=ALL', '--entrypoint=php'];
    const { status, stdout } = tryDocker('run', ...flags, reference, '-r', 'echo PHP_MAJOR_VERSION, php_uname("m");');
    docker('image', 'rm', reference);
    expect([status, stdout]).toEqual([0, `8${MACHINES[architecture]}`]);
    expect(labels).toMatchObject({
      'dev.projen-nginx-php.php.version': '8.4',
      'org.opencontainers.image.title': NAME,
    });
  });

  it('is not built, verified or pushed a second time, and that takes less than a tenth of the time', async () => {
    const second = await publish();
    process.stderr.write(
      `publish: ${(first.duration / 1000).toFixed(1)} s, again: ${(second.duration / 1000).toFixed(1)} s\n`,
    );
    expect([second.status, plannedSteps(second)]).toEqual([0, []]);
    expect(second.duration).toBeLessThan(first.duration / 10);
  });
});
