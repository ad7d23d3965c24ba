import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ImageIndex } from '../../../src/publish/oci/types';
import { docker } from '../engine';
import { doneSteps, plannedSteps, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { TestRegistry } from './registry';

const JSON_LOG = '--log-format=json';

describePublish('publishing an image of two architectures', ['skopeo'], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;

  beforeAll(async () => {
    registry = await TestRegistry.start();
    const registries = [{ registry: registry.host, namespace: 'shop' }];
    project = new Project(join(path, 'main'), {
      test: { registries, verify: 'inspect', tags: ['{tag}', '{php}'] },
      next: { registries: [{ registry: registry.host, namespace: 'next' }], verify: 'inspect', promoteFrom: 'test' },
    });
    writeOutput(project.output, [{ name: 'web', text: 'one' }]);
  });

  afterAll(() => registry.remove());

  it('shows the plan as text and as JSON, and does nothing', async () => {
    const text = await project.run(['publish', '--environment=test', '--dry-run']);
    const json = await project.run(['publish', '--environment=test', '--dry-run', '--json']);
    expect(text.stdout).toContain('test: 9 steps');
    expect((JSON.parse(json.stdout) as { steps: object[] }).steps).toHaveLength(9);
    expect(await registry.tags('shop/web')).toEqual([]);
  });

  it('builds, pushes and joins both, with what is attested of them', async () => {
    // WHEN
    const { status, stderr } = await project.run(['publish', '--environment=test', JSON_LOG]);
    // THEN
    expect([status, stderr.includes('Error')]).toEqual([0, false]);
    const { list, tags } = project.receipt.images.web!.destinations[`${registry.host}/shop/web`]!;
    expect(tags).toEqual({ latest: list, 8.4: list });
    expect(await registry.complete('shop/web', 'latest')).toEqual({ digest: list, architectures: ['amd64', 'arm64'] });
    const { attested, notAttested } = project.receipt.images.web!.architectures.arm64!;
    expect(attested).toEqual(['https://slsa.dev/provenance/v0.2']);
    expect(notAttested.join()).toContain('SBOM');
  });

  it('agrees with skopeo and with buildx imagetools', () => {
    const reference = `${registry.host}/shop/web:latest`;
    const { list } = project.receipt.images.web!.destinations[`${registry.host}/shop/web`]!;
    const raw = execFileSync('skopeo', ['inspect', '--raw', '--tls-verify=false', `docker://${reference}`]).toString();
    const index = JSON.parse(raw) as ImageIndex;
    const own = Object.values(project.receipt.images.web!.architectures).map(({ digest }) => digest);
    expect(index.manifests.slice(0, 2).map(({ digest }) => digest)).toEqual(own);
    expect(index.manifests).toHaveLength(4);
    expect(index.annotations).toMatchObject({ 'org.opencontainers.image.title': 'fixture' });
    const shown = docker('buildx', 'imagetools', 'inspect', reference);
    expect(shown).toContain(`Digest:    ${list}`);
    own.forEach((digest) => expect(shown).toContain(digest));
    expect(docker('buildx', 'imagetools', 'inspect', '--format={{json .Provenance}}', reference)).toContain(
      'buildType',
    );
  });

  it('is pulled back by digest', () => {
    const { digest, labels } = project.receipt.images.web!.architectures.amd64!;
    const reference = `${registry.host}/shop/web@${digest}`;
    docker('pull', '--quiet', '--platform=linux/amd64', reference);
    expect(JSON.parse(docker('image', 'inspect', '--format={{json .Config.Labels}}', reference))).toMatchObject(labels);
    docker('image', 'rm', reference);
  });

  it('has nothing to do the second time', async () => {
    const { events, status } = await project.run(['publish', '--environment=test', JSON_LOG]);
    expect([status, plannedSteps({ events })]).toEqual([0, []]);
  });

  it('has nothing to do where another machine has published', async () => {
    // GIVEN a machine that remembers nothing
    const args = ['publish', '--environment=test', JSON_LOG, `--state=${join(path, 'elsewhere')}`];
    // THEN
    expect(plannedSteps(await project.run(args))).toEqual([]);
  });

  it('builds again what is older than --max-age', async () => {
    const { stdout } = await project.run(['publish', '--environment=test', '--dry-run', '--max-age=0m']);
    expect(stdout).toContain('older than --max-age');
  });

  it('refuses a context that was edited, and one with a file too many', async () => {
    // GIVEN
    const other = new Project(join(path, 'edited'), { test: { registries: [{ registry: registry.host }] } });
    writeOutput(other.output, [{ name: 'edited', text: 'one' }]);
    appendFileSync(join(other.output, 'edited/amd64/Dockerfile'), 'USER root\n');
    writeFileSync(join(other.output, 'edited/arm64/more'), '');
    // WHEN
    const { status, stderr } = await other.run(['publish', '--environment=test']);
    // THEN
    expect(status).toBe(11);
    expect(stderr).toContain('edited/amd64/Dockerfile\n  its content is not what the manifest says');
    expect(stderr).toContain('edited/arm64/more\n  the manifest does not know it');
    expect(await registry.tags('edited')).toEqual([]);
  });

  it('takes an architecture out of a list, and puts it back', async () => {
    const architectures = async (): Promise<string[]> => (await registry.complete('shop/web', 'latest')).architectures;
    const before = await registry.complete('shop/web', 'latest');
    await project.run(['deploy:manifest', '--environment=test', '--arch=arm64', '--remove']);
    expect(await architectures()).toEqual(['amd64']);
    const { status } = await project.run(['deploy:manifest', '--environment=test', '--arch=arm64']);
    expect([status, await registry.complete('shop/web', 'latest')]).toEqual([0, before]);
  });

  it('promotes by digest: the same list, without a build', async () => {
    const { status, events } = await project.run(['promote', '--to=next', JSON_LOG]);
    expect(status).toBe(0);
    expect(plannedSteps({ events }).filter((id) => id.startsWith('build'))).toEqual([]);
    expect(await registry.complete('next/web', 'latest')).toEqual(await registry.complete('shop/web', 'latest'));
  });

  it('moves the tags to what has changed, and leaves the old images there', async () => {
    const before = await registry.complete('shop/web', 'latest');
    writeOutput(project.output, [{ name: 'web', text: 'two' }]);
    await project.run(['publish', '--environment=test']);
    const after = await registry.complete('shop/web', 'latest');
    expect(after.digest).not.toBe(before.digest);
    expect(await registry.complete('shop/web', '8.4')).toEqual(after);
    expect(await registry.complete('shop/web', before.digest)).toEqual(before);
  });

  it('is shared by several machines, and joined', async () => {
    // GIVEN two machines that see the same output
    const environment = { test: { registries: [{ registry: registry.host }], verify: 'inspect' } };
    const machines = ['a', 'b'].map((name) => new Project(join(path, name), environment));
    machines.forEach(({ output }) => writeOutput(output, [{ name: 'shared', text: 'one' }]));
    // WHEN
    const results = await Promise.all(
      machines.map((machine, index) =>
        machine.run(['publish', '--environment=test', `--shard=${index + 1}/2`, '--receipt=receipt.json', JSON_LOG]),
      ),
    );
    // THEN
    expect(results.map(({ status }) => status)).toEqual([0, 0]);
    expect(results.map((result) => doneSteps(result).filter((id) => id.startsWith('build')))).toEqual([
      ['build shared/amd64'],
      ['build shared/arm64'],
    ]);
    expect(await registry.tags('shared')).toEqual([]);
    // WHEN
    const joiner = new Project(join(path, 'joiner'), environment);
    mkdirSync(joiner.output);
    copyFileSync(join(machines[0]!.output, 'manifest.json'), join(joiner.output, 'manifest.json'));
    const receipts = machines.map(({ directory }) => join(directory, 'receipt.json'));
    const merged = await joiner.run(['publish', 'merge', ...receipts, '--environment=test']);
    // THEN
    expect([merged.status, (await registry.complete('shared', 'latest')).architectures]).toEqual([
      0,
      ['amd64', 'arm64'],
    ]);
  });

  it('goes by the commands one by one: build, load, push, join', async () => {
    // GIVEN
    const single = new Project(join(path, 'single'), {
      test: { registries: [{ registry: registry.host }], verify: 'inspect' },
    });
    writeOutput(single.output, [{ name: 'single', text: 'one' }]);
    // WHEN
    const built = await single.run(['build:image', '--php=8.4', '--platform=debian', '--arch=amd64', '--tag=e2e']);
    // THEN
    expect(built.status).toBe(0);
    expect(docker('image', 'inspect', '--format={{.Architecture}} {{.Config.User}}', 'single:e2e').trim()).toBe(
      'amd64 10001:10001',
    );
    docker('image', 'rm', 'single:e2e');
    // WHEN
    const pushed = await single.run(['deploy:hub', '--environment=test', '--no-manifest', JSON_LOG]);
    // THEN what was built is not built again, and no tag is there
    expect([pushed.status, plannedSteps(pushed).includes('build single/amd64')]).toEqual([0, false]);
    expect(await registry.tags('single')).toEqual([]);
    // WHEN
    const joined = await single.run(['deploy:manifest', '--environment=test', '--tag=one', JSON_LOG]);
    // THEN
    expect([joined.status, plannedSteps(joined).length]).toEqual([0, 2]);
    expect((await registry.complete('single', 'one')).architectures).toEqual(['amd64', 'arm64']);
  });

  it('refuses a second publish in the same place, and takes over the lock of one that is gone', async () => {
    const lock = join(project.directory, '.publish', 'lock');
    writeFileSync(lock, `${process.pid} ${hostname()}\n`);
    const refused = await project.run(['publish', '--environment=test']);
    expect([refused.status, refused.stderr.includes(`process ${process.pid}`)]).toEqual([13, true]);
    writeFileSync(lock, `999999999 ${hostname()}\n`);
    expect((await project.run(['publish', '--environment=test'])).status).toBe(0);
  });

  it('keeps no layout of what is in every registry', () => {
    expect(() => readFileSync(join(project.directory, '.publish/layouts/web/amd64/index.json'))).toThrow('ENOENT');
  });
});
