import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project, type CliResult } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { TestRegistry } from './registry';

describePublish('an engine that cannot do it', [], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let count = 0;

  beforeAll(async () => {
    registry = await TestRegistry.start();
  });

  afterAll(() => registry.remove());

  function publish(
    environment: Readonly<Record<string, string>>,
    image: { readonly architectures?: readonly string[]; readonly dockerfile?: string } = {},
  ): Promise<CliResult> {
    const project = new Project(join(path, `project-${++count}`), {
      test: { registries: [{ registry: registry.host }], verify: 'inspect' },
    });
    writeOutput(project.output, [{ name: `web${count}`, text: 'one', architectures: ['amd64'], ...image }]);
    return project.run(['publish', '--environment=test'], { environment });
  }

  async function expectError(result: Promise<CliResult>, what: RegExp, next: RegExp): Promise<void> {
    const { status, stderr } = await result;
    expect(stderr).toMatch(/DOCKER_ERROR/);
    expect(stderr).toMatch(what);
    expect(stderr).toMatch(next);
    expect(status).toBe(15);
    expect(await registry.tags(`web${count}`)).toEqual([]);
  }

  it('no docker: it says what to install', () =>
    expectError(publish({ PATH: join(path, 'nowhere') }), /docker is not installed/, /install Docker Engine/));

  it('no engine: it says what to start', () =>
    expectError(
      publish({ DOCKER_HOST: `unix://${path}/no.sock`, DOCKER_CONFIG: join(path, 'plain') }),
      /no engine answers/,
      /install Docker Engine .* and start it/,
    ));

  it('no buildx: it says which package', () => {
    // GIVEN the docker of this machine, which does not see its plugins
    const bin = join(path, 'bin');
    mkdirSync(bin);
    const docker = execFileSync('which', ['docker'], { encoding: 'utf8' }).trim();
    const hide = `mount -t tmpfs none /usr/libexec/docker/cli-plugins && exec ${docker} "$@"`;
    writeFileSync(join(bin, 'docker'), `#!/bin/sh\nexec unshare --mount sh -c '${hide}' docker "$@"\n`, {
      mode: 0o755,
    });
    return expectError(publish({ PATH: `${bin}:${process.env.PATH}` }), /buildx is not there/, /docker-buildx-plugin/);
  });

  it('an architecture that it cannot run: it says how to emulate it, or where else to build', () => {
    // GIVEN a program of nobody's architecture
    const dockerfile = 'FROM scratch\nCOPY --chmod=755 text /text\nRUN ["/text"]\n';
    return expectError(publish({}, { dockerfile }), /cannot run programs of that architecture/, /--builder ARCH=NAME/);
  });

  it('a builder that is not there: it says how to make one', async () => {
    const project = new Project(join(path, 'builder'), { test: { registries: [{ registry: registry.host }] } });
    writeOutput(project.output, [{ name: 'web', text: 'one' }]);
    const { status, stderr } = await project.run(['publish', '--environment=test', '--builder=arm64=nowhere']);
    expect([status, stderr.includes('docker buildx create --name')]).toEqual([15, true]);
  });

  it('a full disk: it says how to free it, and the next run goes on', async () => {
    // GIVEN a file system of a few kilobytes for what is remembered and built
    const small = join(path, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    const project = new Project(join(path, 'full'), {
      test: { registries: [{ registry: registry.host }], verify: 'inspect' },
    });
    try {
      symlinkSync(small, join(project.directory, '.publish'));
      writeOutput(project.output, [{ name: 'full', text: 'one'.repeat(100_000), architectures: ['amd64'] }]);
      writeFileSync(join(small, 'filler'), Buffer.alloc(48 << 10, 1));
      // WHEN
      const { status, stderr } = await project.run(['publish', '--environment=test']);
      // THEN
      expect(stderr).toMatch(/the disk is full[\s\S]*docker buildx prune/);
      expect(status).toBe(15);
      expect(await registry.tags('full')).toEqual([]);
    } finally {
      execFileSync('umount', [small]);
    }
    // WHEN there is room again
    const { status } = await project.run(['publish', '--environment=test']);
    // THEN
    expect([status, (await registry.complete('full', 'latest')).architectures]).toEqual([0, ['amd64']]);
  }, 60_000);
});
