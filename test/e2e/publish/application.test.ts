import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doneSteps, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { TestRegistry } from './registry';
import { docker } from '../engine';

/** What is built in a blink: a file of the application, and what the build knows of a secret. */
const DOCKERFILE = `FROM scratch AS application
FROM scratch
COPY --from=application /public /public
LABEL org.opencontainers.image.title="fixture" org.opencontainers.image.description="an application"
EXPOSE 8080/tcp
USER 10001:10001
ENTRYPOINT ["/public/index.php"]
`;

describePublish('publishing an image with an application', [], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;
  const publish = ['publish', '--environment=test', '--log-format=json'];

  const write = (file: string, text: string): void => {
    mkdirSync(join(project.directory, file, '..'), { recursive: true });
    writeFileSync(join(project.directory, file), text);
  };

  beforeAll(async () => {
    registry = await TestRegistry.start();
    project = new Project(join(path, 'project'), {
      test: { registries: [{ registry: registry.host }], verify: 'inspect' },
    });
    write('public/index.php', 'one');
    const application = { directory: '..', paths: ['public'], composer: 'none' as const };
    const web = { name: 'web', text: '', architectures: ['amd64'], dockerfile: DOCKERFILE, application };
    writeOutput(project.output, [web]);
  });

  afterAll(() => registry.remove());

  it('builds it of the files that were named, found beside the output', async () => {
    // GIVEN
    write('public/.env', 'SECRET=1');
    write('notes.txt', 'for us alone');
    // WHEN
    const { status } = await project.run(publish);
    // THEN
    expect(status).toBe(0);
    const image = `${registry.host}/web:latest`;
    docker('pull', '--quiet', image);
    const container = docker('create', image).trim();
    docker('cp', `${container}:/public`, join(path, 'copied'));
    docker('rm', container);
    docker('rmi', image);
    expect(readdirSync(join(path, 'copied'))).toEqual(['index.php']);
    expect(doneSteps(await project.run(publish))).toEqual([]);
  });

  it('builds it again when a file has changed, and not when one did that is not in it', async () => {
    write('notes.txt', 'still for us alone');
    expect(doneSteps(await project.run(publish))).toEqual([]);
    write('public/index.php', 'two');
    expect(doneSteps(await project.run(publish))).toContain('build web/amd64');
  });

  it('takes another directory in its place', async () => {
    write('elsewhere/public/index.php', 'three');
    const { stdout } = await project.run([
      ...publish.slice(0, 2),
      '--dry-run',
      '--build-context=application=elsewhere',
    ]);
    expect(stdout).toContain('its inputs have changed');
    const same = await project.run([...publish.slice(0, 2), '--dry-run', '--build-context=application=.']);
    expect(same.stdout).toContain('nothing to do');
  });

  it('says what is missing before anything is built', async () => {
    const { status, stderr } = await project.run([...publish, '--build-context=application=nowhere']);
    expect(status).toBe(11);
    expect(stderr).toContain('it is not there, and the image takes it of its application');
  });
});
