import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doneSteps, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { TestRegistry } from './registry';

/** A directory stands in for an archive of packages: what is in it moves, and no file of the context does. */
const DOCKERFILE = `FROM scratch AS archive
FROM scratch
COPY --from=archive /package /package
LABEL org.opencontainers.image.title="fixture" org.opencontainers.image.description="a package"
EXPOSE 8080/tcp
USER 10001:10001
ENTRYPOINT ["/package"]
`;

describePublish('publish --refresh, every night', [], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;
  const archive = join(path, 'archive');
  const publish = ['publish', '--environment=test', '--log-format=json', `--build-context=archive=${archive}`];

  const release = (version: string): void => {
    mkdirSync(archive, { recursive: true });
    writeFileSync(join(archive, 'package'), version);
  };

  beforeAll(async () => {
    registry = await TestRegistry.start();
    const registries = [{ registry: registry.host }];
    project = new Project(join(path, 'project'), { test: { registries, verify: 'inspect' } });
    writeOutput(project.output, [{ name: 'web', text: '', architectures: ['amd64', 'arm64'], dockerfile: DOCKERFILE }]);
    release('1.0');
    await project.run(publish);
  });

  afterAll(() => registry.remove());

  it('touches nothing while no package has moved, and says so', async () => {
    const before = await registry.complete('web', 'latest');
    const result = await project.run([...publish, '--refresh', '--max-age=1m']);
    expect([result.status, doneSteps(result)]).toEqual([0, []]);
    expect(result.events.map(({ message }) => message)).toContain('web/amd64: nothing has moved');
    expect(await registry.complete('web', 'latest')).toEqual(before);
  });

  it('knows what is there from the registry alone, as on a machine of CI', async () => {
    const result = await project.run([...publish, '--refresh', `--state=${join(path, 'of-another-machine')}`]);
    expect([result.status, doneSteps(result)]).toEqual([0, []]);
  });

  it('builds again, and moves the tags, where one has moved', async () => {
    release('1.1');
    const { digest } = await registry.complete('web', 'latest');
    const plain = await project.run(publish);
    expect(doneSteps(plain)).toEqual([]);
    const result = await project.run([...publish, '--refresh']);
    expect([result.status, doneSteps(result)]).toEqual([
      0,
      expect.arrayContaining(['build web/amd64', 'build web/arm64']),
    ]);
    expect((await registry.complete('web', 'latest')).digest).not.toBe(digest);
  });

  it('is not a part of a dry run', async () => {
    release('1.2');
    const { stdout } = await project.run([...publish.slice(0, 2), publish.at(-1)!, '--refresh', '--dry-run']);
    expect(stdout).toContain('nothing to do');
  });
});
