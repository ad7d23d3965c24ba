import { spawn } from 'node:child_process';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { doneSteps, Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { TestRegistry } from './registry';
import { docker } from '../engine';

/** The BuildKit of this machine's engine on a port, as one of another machine would be. */
function serveBuildKit(onConnection: () => void): Promise<Server> {
  const server = createServer((socket: Socket) => {
    onConnection();
    const child = spawn('docker', ['buildx', '--builder', 'default', 'dial-stdio']);
    child.stdin.on('error', () => undefined);
    socket.on('error', () => undefined).on('close', () => child.kill());
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describePublish('a builder of another machine', [], () => {
  const { path } = temporaryDirectory();

  it('builds the architecture that it is named for; when it is gone, the old image stays', async () => {
    // GIVEN
    let connections = 0;
    const server = await serveBuildKit(() => (connections += 1));
    const address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const registry = await TestRegistry.start();
    const project = new Project(join(path, 'project'), {
      test: { registries: [{ registry: registry.host }], verify: 'inspect' },
    });
    const environment = { BUILDX_CONFIG: join(path, 'buildx') };
    const create = ['buildx', 'create', '--name=faraway', '--driver=remote', address];
    process.env.BUILDX_CONFIG = environment.BUILDX_CONFIG;
    docker(...create);
    delete process.env.BUILDX_CONFIG;
    const publish = (...more: string[]): ReturnType<Project['run']> =>
      project.run(['publish', '--environment=test', '--log-format=json', ...more], { environment });
    // WHEN no builder is named
    writeOutput(project.output, [{ name: 'web', text: 'here' }]);
    expect([(await publish()).status, connections]).toEqual([0, 0]);
    // WHEN
    writeOutput(project.output, [{ name: 'web', text: 'there' }]);
    const result = await publish('--builder=arm64=faraway');
    // THEN
    expect([result.status, doneSteps(result).filter((id) => id.startsWith('build')).length]).toEqual([0, 2]);
    expect(connections).toBeGreaterThan(0);
    expect((await registry.complete('web', 'latest')).architectures).toEqual(['amd64', 'arm64']);
    const { attested } = project.receipt.images.web!.architectures.arm64!;
    expect(attested).toEqual(['https://slsa.dev/provenance/v0.2']);
    // WHEN it is gone
    writeOutput(project.output, [{ name: 'web', text: 'nowhere' }]);
    const before = await registry.complete('web', 'latest');
    server.close();
    const gone = await publish('--builder=arm64=faraway');
    // THEN
    expect([gone.status, gone.stderr.includes('DOCKER_ERROR')]).toEqual([15, true]);
    expect(await registry.complete('web', 'latest')).toEqual(before);
    await registry.remove();
  }, 180_000);
});
