import type { CommandResult, ContainerState, Engine } from './engine';
import { sendRequest, type HttpAnswer, type HttpRequest } from './http';
import { processesOf, type Role, type ServiceName } from './process-roles';
import { listProcesses, type ProcessInfo } from './processes';
import { sleep } from './sleep';

/** Where a server is reached: `127.0.0.1:32768`. */
interface Addresses {
  readonly plain: string;
  readonly secure: string | undefined;
}

type RequestSettings = Omit<HttpRequest, 'path' | 'secure'>;

/** What an image answers that was given a limit of requests by the second: the next second is another. */
const TOO_MANY = 429;
const TRIES = 20;
const PAUSE = 500;

/** A running container that serves. */
export class Server {
  /** Milliseconds since 1970 at which it first answered. */
  readonly readyAt = Date.now();

  private constructor(
    readonly container: string,
    /** Milliseconds from the order to start to the first `pong`. */
    readonly timeToReady: number,
    private readonly engine: Engine,
    private readonly addresses: Addresses,
    private readonly host: string,
  ) {}

  /** Starts a container that was made, and waits until it answers `pong`. */
  static async start(engine: Engine, container: string, options: ServerOptions): Promise<Server> {
    const begin = performance.now();
    await engine.start(container);
    const plain = await engine.address(container, options.port);
    const secure = options.tlsPort === undefined ? undefined : await engine.address(container, options.tlsPort);
    while (!(await answersPong(plain))) {
      if (performance.now() - begin > options.patience || !(await engine.inspect(container)).running) {
        const { stdout, stderr } = await engine.logs(container);
        throw new Error(`the server does not get ready; its log: ${`${stdout}${stderr}`.trim().slice(-2000)}`);
      }
      await sleep(20);
    }
    return new Server(container, performance.now() - begin, engine, { plain, secure }, options.host);
  }

  /** Sends a request to the application, at a host that the image answers, over TLS where it is spoken. */
  async request(path: string, options: RequestSettings = {}): Promise<HttpAnswer> {
    const { plain, secure } = this.addresses;
    const headers = { Host: this.host, ...options.headers };
    const request = { ...options, path, headers, secure: secure !== undefined };
    for (let tries = 0; ; tries += 1) {
      const answer = await sendRequest(secure ?? plain, request);
      if (answer.status !== TOO_MANY || tries === TRIES) {
        return answer;
      }
      await sleep(PAUSE);
    }
  }

  /** Sends a request over HTTP without TLS. */
  plainRequest(path: string, options: RequestSettings = {}): Promise<HttpAnswer> {
    return sendRequest(this.addresses.plain, { ...options, path, headers: { Host: this.host, ...options.headers } });
  }

  /** Where TLS is spoken: `127.0.0.1:32768`; undefined where it is not. */
  get tlsAddress(): string | undefined {
    return this.addresses.secure;
  }

  /** What the verification's own application answers; its routes stand in assets/index.php. */
  async ask<T>(route: string, options: RequestSettings = {}): Promise<T> {
    const answer = await this.request(`/verify/${route}`, options);
    if (answer.status !== 200) {
      throw new Error(`/verify/${route} answers ${answer.status}: ${answer.text.slice(0, 500)}`);
    }
    return JSON.parse(answer.text) as T;
  }

  /** Whether it answers `pong` now. */
  alive(): Promise<boolean> {
    return answersPong(this.addresses.plain);
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
  /** Port in the container at which TLS is spoken; @default - none */
  readonly tlsPort?: number;
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
