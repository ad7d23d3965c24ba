import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderManifest, type Manifest } from '../../../src/synth/manifest';
import { ARCHITECTURE, BASE, describeWithEngine, docker, tryDocker } from '../engine';
import { plannedSteps, Project, type CliResult } from './cli';
import { temporaryDirectory } from './describe-publish';
import { TestRegistry } from './registry';

const OUTPUT = join(__dirname, '../../../output');
const NAME = 'nginx-php-fpm-8.4-debian';

/** The committed image for one architecture: the other one takes minutes to build under emulation. */
function writeOne(output: string): void {
  cpSync(join(OUTPUT, NAME), join(output, NAME), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(OUTPUT, 'manifest.json'), 'utf8')) as Manifest;
  const image = manifest.images[NAME]!;
  const one = { ...image, architectures: { [ARCHITECTURE]: image.architectures[ARCHITECTURE]! } };
  writeFileSync(join(output, 'manifest.json'), renderManifest({ ...manifest, images: { [NAME]: one } }));
}

describeWithEngine('publishing the committed Debian 8.4 image', () => {
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
      `--build-context=base=docker-image://${BASE}`,
    ]);

  beforeAll(async () => {
    registry = await TestRegistry.start();
    project = new Project(join(path, 'project'), { test: { registries: [{ registry: registry.host }] } });
    writeOne(project.output);
    first = await publish();
  }, 600_000);

  afterAll(() => registry.remove());

  it('runs every check before the tag is there', () => {
    expect(first.stderr).not.toContain('FAILED');
    expect(first.status).toBe(0);
    const { verification } = project.receipt.images[NAME]!.architectures[ARCHITECTURE]!;
    expect(verification).toMatchObject({ mode: 'run' });
    expect(Number.parseInt(verification!.detail, 10)).toBeGreaterThan(60);
  });

  it('is pulled back by digest, and runs', () => {
    const { digest, labels } = project.receipt.images[NAME]!.architectures[ARCHITECTURE]!;
    const reference = `${registry.host}/${NAME}@${digest}`;
    docker('pull', '--quiet', reference);
    const flags = ['--rm', '--read-only', '--cap-drop=ALL', '--entrypoint=php'];
    const { status, stdout } = tryDocker('run', ...flags, reference, '-r', 'echo PHP_MAJOR_VERSION;');
    docker('image', 'rm', reference);
    expect([status, stdout]).toEqual([0, '8']);
    expect(labels).toMatchObject({
      'dev.projen-nginx-php.php.version': '8.4',
      'org.opencontainers.image.title': NAME,
    });
  });

  it('is not built, verified or pushed a second time, and that takes less than a tenth of the time', async () => {
    const second = await publish();
    expect([second.status, plannedSteps(second)]).toEqual([0, []]);
    expect(second.duration).toBeLessThan(first.duration / 10);
  });
});
