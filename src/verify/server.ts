import type { CommandResult, ContainerState, Engine } from './engine';
import { sendRequest, type HttpAnswer, type HttpRequest } from './http';
import { processesOf, type Role, type ServiceName } from './process-roles';
import { listProcesses, type ProcessInfo } from './processes';
import { sleep } from './sleep';

/** A running container that serves. */
export class Server {
  /** Milliseconds since 1970 at which it first answered. */
  readonly readyAt = Date.now();

  private constructor(
    readonly container: string,
    /** Milliseconds from the order to start to the first `pong`. */
    readonly timeToReady: number,
    private readonly engine: Engine,
    private readonly address: string,
    private readonly host: string,
  ) {}

  /** Starts a container that was made, and waits until it answers `pong`. */
  static async start(engine: Engine, container: string, options: ServerOptions): Promise<Server> {
    const begin = performance.now();
    await engine.start(container);
    const address = await engine.address(container, options.port);
    while (!(await answersPong(address))) {
      if (performance.now() - begin > options.patience || !(await engine.inspect(container)).running) {
        const { stdout, stderr } = await engine.logs(container);
        throw new Error(`the server does not get ready; its log: ${`${stdout}${stderr}`.trim().slice(-2000)}`);
      }
      await sleep(20);
    }
    return new Server(container, performance.now() - begin, engine, address, options.host);
  }

  /** Sends a request to a host that the image answers. */
  request(path: string, options: Omit<HttpRequest, 'path'> = {}): Promise<HttpAnswer> {
    return sendRequest(this.address, { ...options, path, headers: { Host: this.host, ...options.headers } });
  }

  /** What the verification's own application answers; its routes stand in assets/index.php. */
  async ask<T>(route: string, options: Omit<HttpRequest, 'path'> = {}): Promise<T> {
    const answer = await this.request(`/verify/${route}`, options);
    if (answer.status !== 200) {
      throw new Error(`/verify/${route} answers ${answer.status}: ${answer.text.slice(0, 500)}`);
    }
    return JSON.parse(answer.text) as T;
  }

  /** Whether it answers `pong` now. */
  alive(): Promise<boolean> {
    return answersPong(this.address);
  }

  /** Runs PHP code in the container; gives what it prints. */
  async php(code: string, ...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.engine.exec(this.container, ['php', '-r', code, ...args]);
    if (status !== 0) {
      throw new Error(`php ended with status ${status}: ${stderr.trim() || stdout.trim()}`);
    }
    return stdout;
  }

  /** Signals processes, by the one shell that every image has. */
  async kill(signal: string, ...processes: readonly number[]): Promise<void> {
    await this.engine.exec(this.container, [
      'sh',
      '-c',
      `for id; do kill -s ${signal} -- "$id"; done`,
      'kill',
      ...processes.map(String),
    ]);
  }

  processes(): Promise<ProcessInfo[]> {
    return listProcesses(this.engine, this.container);
  }

  /** The first process of a service in a role; undefined while there is none. */
  async findProcess(service: ServiceName, role: Role): Promise<ProcessInfo | undefined> {
    return processesOf(await this.processes(), service, role)[0];
  }

  logs(): Promise<Pick<CommandResult, 'stdout' | 'stderr'>> {
    return this.engine.logs(this.container);
  }

  inspect(): Promise<ContainerState> {
    return this.engine.inspect(this.container);
  }
}

/** How a container becomes a server. */
export interface ServerOptions {
  /** Port in the container. */
  readonly port: number;
  /** Host that requests name. */
  readonly host: string;
  /** Milliseconds until it has to answer. */
  readonly patience: number;
}

async function answersPong(address: string): Promise<boolean> {
  try {
    const { status, text } = await sendRequest(address, { path: '/ping', patience: 1000 });
    return status === 200 && text === 'pong';
  } catch {
    return false;
  }
}
