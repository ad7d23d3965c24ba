import { execFile, spawn } from 'node:child_process';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { doneSteps, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { TestRegistry } from './registry';

/** Connections to it, which the end of the server leaves open. */
const sockets = new Set<Socket>();

/** The BuildKit of this machine's engine on a port, as one of another machine would be. */
function serveBuildKit(onConnection: () => void): Promise<Server> {
  const server = createServer((socket: Socket) => {
    onConnection();
    const child = spawn('docker', ['buildx', '--builder', 'default', 'dial-stdio']);
    child.stdin.on('error', () => undefined);
    // A SIGTERM it may ignore, and a test that leaves a child does not end.
    socket.on('error', () => undefined).on('close', () => child.kill('SIGKILL'));
    child.on('exit', () => socket.destroy());
    sockets.add(socket);
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describePublish('a builder of another machine', [], () => {
  const { path } = temporaryDirectory();
  const environment = { BUILDX_CONFIG: join(path, 'buildx') };
  let registry: TestRegistry;
  let server: Server;
  let project: Project;
  let connections = 0;

  beforeAll(async () => {
    registry = await TestRegistry.start();
    server = await serveBuildKit(() => (connections += 1));
    const address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const create = ['buildx', 'create', '--name=faraway', '--driver=remote', address];
    // Not in step with this process: it is the other machine.
    await promisify(execFile)('docker', create, { env: { ...process.env, ...environment } });
    project = new Project(join(path, 'project'), {
      test: { registries: [{ registry: registry.host }], verify: 'inspect' },
    });
  });

  afterAll(async () => {
    server.close();
    sockets.forEach((socket) => socket.destroy());
    await registry.remove();
  });

  function publish(text: string, ...more: string[]): ReturnType<Project['run']> {
    writeOutput(project.output, [{ name: 'web', text }]);
    return project.run(['publish', '--environment=test', '--log-format=json', ...more], { environment });
  }

  it('is not asked where it is not named', async () => {
    const created = connections;
    expect([(await publish('here')).status, connections]).toEqual([0, created]);
  });

  it('builds the architecture that it is named for', async () => {
    // GIVEN
    const before = connections;
    // WHEN
    const result = await publish('there', '--builder=arm64=faraway');
    // THEN
    expect([result.status, doneSteps(result).filter((id) => id.startsWith('build')).length]).toEqual([0, 2]);
    expect(connections).toBeGreaterThan(before);
    expect((await registry.complete('web', 'latest')).architectures).toEqual(['amd64', 'arm64']);
    const { attested } = project.receipt.images.web!.architectures.arm64!;
    expect(attested).toEqual(['https://slsa.dev/provenance/v0.2']);
  });

  it('fails the publish when it is gone, and the old image stays', async () => {
    const before = await registry.complete('web', 'latest');
    server.close();
    // WHEN
    const { status, stderr } = await publish('nowhere', '--builder=arm64=faraway');
    // THEN
    expect([status, stderr.includes('DOCKER_ERROR')]).toEqual([15, true]);
    expect(await registry.complete('web', 'latest')).toEqual(before);
  });
});
