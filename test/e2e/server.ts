import { ARCHITECTURE, docker, PATIENCE, tryDocker } from './engine';

/** How a container is started: under every flag that the image's README names. */
export interface ServerOptions {
  readonly image: string;
  readonly name: string;
  /** Directory that is mounted, read-only, as the application; none where the image has it. */
  readonly application?: string;
  /** Whether programs may be run from /run, which s6-overlay needs. */
  readonly execRun?: boolean;
  /** File with a seccomp profile, where it is not the engine's own. */
  readonly seccomp?: string;
  /** `uid:gid`, where it is not the image's own. */
  readonly user?: string;
  /** Variables for the container. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Further mounts, as in docker run --volume. */
  readonly mounts?: readonly string[];
  /** Further ports to publish. */
  readonly ports?: readonly number[];
}

/** Under emulation a service takes longer to get ready than it may in a container of a person. */
const PATIENT: Readonly<Record<string, string>> =
  PATIENCE === 1 ? {} : { S6_CMD_WAIT_FOR_SERVICES_MAXTIME: String(30_000 * PATIENCE) };

/** A running container and its address. */
export class Server {
  static async start(options: ServerOptions): Promise<Server> {
    const { image, name, application, execRun, seccomp, user, environment = {}, mounts = [], ports = [] } = options;
    tryDocker('rm', '--force', '--volumes', name);
    docker(
      'run',
      '--detach',
      `--name=${name}`,
      `--platform=linux/${ARCHITECTURE}`,
      '--read-only',
      '--cap-drop=ALL',
      '--security-opt=no-new-privileges:true',
      `--tmpfs=/run:rw,${execRun ? 'exec' : 'noexec'},nosuid,nodev,uid=10001,gid=0,mode=0775`,
      '--tmpfs=/tmp:rw,noexec,nosuid,nodev,uid=10001,gid=0,mode=1777',
      '--volume=/data',
      '--volume=/var/lib/php/sessions',
      ...(application ? [`--volume=${application}:/var/www/html:ro`] : []),
      '--memory=512m',
      '--pids-limit=200',
      '--publish=127.0.0.1::8080',
      ...mounts.map((mount) => `--volume=${mount}`),
      ...ports.map((port) => `--publish=127.0.0.1::${port}`),
      ...(seccomp ? [`--security-opt=seccomp=${seccomp}`] : []),
      ...(user ? [`--user=${user}`] : []),
      ...Object.entries({ ...PATIENT, ...environment }).map(([key, value]) => `--env=${key}=${value}`),
      image,
    );
    const [address] = docker('port', name, '8080').trim().split('\n');
    const server = new Server(name, `http://${address}`);
    await server.ready();
    return server;
  }

  /** A container that was started elsewhere, as soon as it is ready. */
  static async attach(name: string): Promise<Server> {
    const server = new Server(name, `http://${docker('port', name, '8080').trim().split('\n')[0]}`);
    await server.ready();
    return server;
  }

  private constructor(
    private readonly name: string,
    private readonly origin: string,
  ) {}

  /** Sends a request; gives up after `patience` milliseconds. */
  fetch(path: string, init: RequestInit = {}, patience = 10_000 * PATIENCE): Promise<Response> {
    return fetch(this.origin + path, { redirect: 'manual', signal: AbortSignal.timeout(patience), ...init });
  }

  /** Where a port of the container is reached. */
  address(port: number): string {
    return docker('port', this.name, String(port)).trim().split('\n')[0]!;
  }

  exec(...command: string[]): { status: number | null; stdout: string; stderr: string } {
    return tryDocker('exec', this.name, ...command);
  }

  logs(): { stdout: string; stderr: string } {
    return tryDocker('logs', this.name);
  }

  /** A field of `docker inspect`, by a Go template. */
  inspect(template: string): string {
    return docker('inspect', '--format', template, this.name).trim();
  }

  /** Stops it as an orchestrator does; gives the exit status. */
  stop(signal = 'SIGTERM'): number {
    docker('stop', '--signal', signal, '--time', '30', this.name);
    return Number(this.inspect('{{.State.ExitCode}}'));
  }

  remove(): void {
    tryDocker('rm', '--force', '--volumes', this.name);
  }

  /** Waits until it answers `pong`. */
  private async ready(): Promise<void> {
    for (let attempt = 0; attempt < 300 * PATIENCE; attempt++) {
      const pong = await this.fetch('/ping', {}, 1000).then(
        (response) => response.text(),
        () => '',
      );
      if (pong === 'pong') {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { stdout, stderr } = this.logs();
    throw new Error(`${this.name} did not get ready:\n${stdout}${stderr}`);
  }
}
