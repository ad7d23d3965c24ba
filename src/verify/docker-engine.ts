import { execFile, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { DockerfileGeneratorError } from '../errors';
import { buildArguments, createArguments } from './docker-arguments';
import { parseContainer, parseImage } from './docker-inspect';
import type { BuildOptions, CommandResult, ContainerState, Engine, ImageSettings, RunOptions } from './engine';

const INSTALL = 'install Docker Engine 25 or newer (https://docs.docker.com/engine/install/) and start it';

/** Docker by its command line, with argument arrays, never through a shell. */
export class DockerEngine implements Engine {
  /** @param program - `docker`, or what takes its arguments, such as podman */
  constructor(private readonly program: string = 'docker') {}

  async assertRuns(): Promise<void> {
    const { status, stderr } = await this.try('version', '--format', '{{.Server.Version}}');
    if (status !== 0) {
      throw dockerError('no engine answers', stderr, INSTALL);
    }
  }

  async assertBuilds(): Promise<void> {
    await this.assertRuns();
    const { status, stderr } = await this.try('buildx', 'version');
    if (status !== 0) {
      throw dockerError(
        'buildx is not there',
        stderr,
        'install the package docker-buildx-plugin (docker-buildx on Debian), or build elsewhere and give --image',
      );
    }
  }

  async build(options: BuildOptions): Promise<void> {
    await this.must(...buildArguments(options));
  }

  async assertImage(image: string, platform?: string): Promise<void> {
    if ((await this.try('image', 'inspect', image)).status === 0) {
      return;
    }
    const flags = platform === undefined ? [] : [`--platform=${platform}`];
    const { status, stderr } = await this.try('pull', '--quiet', ...flags, image);
    if (status !== 0) {
      const next = 'build it (build:image, or test:local without --image), or log in to its registry (docker login)';
      throw dockerError(`there is no image ${image}, and it cannot be pulled`, stderr, next);
    }
  }

  async inspectImage(image: string): Promise<ImageSettings> {
    return parseImage(await this.must('image', 'inspect', image));
  }

  async exportImage<T>(image: string, read: (archive: Readable) => Promise<T>): Promise<T> {
    const container = (await this.must('create', image)).trim();
    const child = spawn(this.program, ['export', container], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      return await read(child.stdout);
    } finally {
      child.kill();
      await this.remove(container);
    }
  }

  run(options: RunOptions, command: readonly string[]): Promise<CommandResult> {
    return this.try('run', '--rm', ...createArguments(options), ...command);
  }

  async create(options: RunOptions): Promise<string> {
    return (await this.must('create', ...createArguments(options))).trim();
  }

  async start(container: string): Promise<void> {
    await this.must('start', container);
  }

  async inspect(container: string): Promise<ContainerState> {
    return parseContainer(await this.must('container', 'inspect', container));
  }

  async address(container: string, port: number): Promise<string> {
    const [address = ''] = (await this.must('port', container, `${port}/tcp`)).split('\n');
    return address;
  }

  exec(container: string, command: readonly string[]): Promise<CommandResult> {
    return this.try('exec', container, ...command);
  }

  logs(container: string): Promise<CommandResult> {
    return this.try('logs', container);
  }

  async top(container: string): Promise<number[]> {
    const table = await this.must('top', container, '-eo', 'pid');
    return table.split('\n').slice(1).filter(Boolean).map(Number);
  }

  async signal(container: string, signal: string): Promise<void> {
    await this.must('kill', `--signal=${signal}`, container);
  }

  async wait(container: string): Promise<number> {
    return Number(await this.must('wait', container));
  }

  async remove(container: string): Promise<void> {
    await this.try('rm', '--force', '--volumes', container);
  }

  /** Runs docker; gives its end and its output, whatever they are. */
  private try(...args: string[]): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      execFile(this.program, args, { encoding: 'utf8', maxBuffer: 256 << 20 }, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') {
          reject(dockerError(`${this.program} cannot be run`, error.message, INSTALL));
          return;
        }
        resolve({ status: Number(error?.code ?? 0), stdout, stderr });
      });
    });
  }

  /** Runs docker and gives its output; throws DOCKER_ERROR where it fails. */
  private async must(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.try(...args);
    if (status !== 0) {
      throw dockerError(`${this.program} ${args[0]} ended with status ${status}`, stderr, `look at: ${args.join(' ')}`);
    }
    return stdout;
  }
}

function dockerError(what: string, output: string, next: string): DockerfileGeneratorError {
  const why = output.trim().split('\n').slice(-15).join('\n    ');
  return new DockerfileGeneratorError('DOCKER_ERROR', [{ where: 'docker', what, why: why || undefined, next }]);
}
