import { dirname, join } from 'node:path/posix';
import { Application } from './application';
import { makeCertificate } from './certificate';
import type { BindMount, CommandResult, Engine, ImageSettings, RunOptions } from './engine';
import { MountedFiles } from './mounted-files';
import { Server } from './server';
import { standIns } from './set-aside';
import type { StartOptions, Subject } from './subject';
import { readTar, type TarEntry } from './tar-reader';
import { accountOf, documentRootOf, entryPointsOf, hostOf, serverPorts, type VerifiedImage } from './verified-image';

/** What a session needs to know. */
export interface SessionOptions {
  readonly reference: string;
  readonly image: VerifiedImage;
  readonly engine: Engine;
  readonly platform?: string;
  readonly securityOptions: readonly string[];
  /** Factor of every bound of time. */
  readonly slowness: number;
}

/** Milliseconds that a server may take before it is given up. */
const PATIENCE = 20_000;

/** Milliseconds that images wait for their services. */
const START_TIME = 30_000;

/** Files of the image whose text checks read. */
const READ =
  /^\/etc\/(?:nginx\/[^/]+\.conf|php-fpm\.conf|passwd|s6\/init|(?:s6\/service|s6-overlay\/s6-rc\.d)\/[^/]+\/run)$|^\/var\/lib\/dpkg\/|^\/(?:usr\/)?lib\/apk\/db\//;

/** One verification: starts containers, keeps what checks share, and removes all of it at the end. */
export class Session implements Subject {
  readonly reference: string;

  readonly image: VerifiedImage;

  readonly engine: Engine;

  private readonly application: Application;

  private readonly mounted = new MountedFiles();

  private readonly containers: string[] = [];

  /** Set when a server did not start: the others would fail for the same reason, slowly. */
  private notReady = false;

  private readonly shared = new Map<string, Promise<unknown>>();

  constructor(private readonly options: SessionOptions) {
    this.reference = options.reference;
    this.image = options.image;
    this.engine = options.engine;
    this.application = new Application(entryPointsOf(options.image));
  }

  bound(milliseconds: number): number {
    return milliseconds * this.options.slowness;
  }

  server(): Promise<Server> {
    return this.notReady ? this.start() : this.once('server', () => this.start());
  }

  async start(options: StartOptions = {}): Promise<Server> {
    if (this.notReady) {
      throw new Error('the server does not get ready: look at the first check');
    }
    const container = await this.create(options);
    const [port, tlsPort] = serverPorts(this.image);
    try {
      const patience = this.bound(PATIENCE);
      return await Server.start(this.engine, container, { port, tlsPort, host: hostOf(this.image), patience });
    } catch (error) {
      // Under other options, such as another user, a server may fail where the plain one does not.
      this.notReady = Object.keys(options).length === 0;
      throw error;
    }
  }

  async launch(options: StartOptions = {}): Promise<string> {
    const container = await this.create(options);
    await this.engine.start(container);
    return container;
  }

  async command(...command: string[]): Promise<CommandResult> {
    return this.engine.run({ ...(await this.runOptions({})), ports: [] }, command);
  }

  files(): Promise<readonly TarEntry[]> {
    return this.once('files', async () => {
      const all = await this.engine.exportImage(this.reference, (archive) =>
        readTar(archive, (path) => READ.test(path)),
      );
      return all.filter(({ path }) => !DOCKER_OWN.test(path));
    });
  }

  async text(path: string): Promise<string> {
    return (await this.files()).find((entry) => entry.path === path)?.content ?? '';
  }

  settings(): Promise<ImageSettings> {
    return this.once('settings', () => this.engine.inspectImage(this.reference));
  }

  once<T>(key: string, experiment: () => Promise<T>): Promise<T> {
    const known = this.shared.get(key) as Promise<T> | undefined;
    if (known) {
      return known;
    }
    const result = experiment();
    this.shared.set(key, result);
    return result;
  }

  /** Removes everything that was started. */
  async close(): Promise<void> {
    await Promise.all(this.containers.map((container) => this.engine.remove(container)));
    this.application.remove();
    this.mounted.remove();
  }

  private async create(options: StartOptions): Promise<string> {
    const container = await this.engine.create(await this.runOptions(options));
    this.containers.push(container);
    return container;
  }

  /** A machine that is slow makes services ready later than a container waits for them. */
  private patience(): Readonly<Record<string, string>> {
    const { slowness } = this.options;
    return slowness > 1 ? { S6_CMD_WAIT_FOR_SERVICES_MAXTIME: String(Math.ceil(this.bound(START_TIME))) } : {};
  }

  /** Made once: the certificate that an image with TLS is given, and what stands in for programs that are set aside. */
  private laidOver(): Promise<readonly BindMount[]> {
    return this.once('laid over', async () => {
      const { tls } = this.image;
      const own = await standIns(this.image, (path) => this.text(path), this.mounted);
      if (!tls) {
        return own;
      }
      const { certificate, key } = await makeCertificate(hostOf(this.image));
      return [...own, this.mounted.add(tls.certificate, certificate), this.mounted.add(tls.key, key)];
    });
  }

  /** The flags that the image's README gives. */
  private async runOptions({ user, environment = {} }: StartOptions): Promise<RunOptions> {
    const { writablePaths, ports } = this.image;
    const { uid } = accountOf(this.image);
    const documentRoot = documentRootOf(this.image);
    return {
      image: this.reference,
      platform: this.options.platform,
      user,
      environment: { ...this.patience(), ...environment },
      memoryMounts: writablePaths
        .filter(({ kind }) => kind === 'tmpfs')
        .map(({ path, exec, mode }) => ({
          target: path,
          options: `rw,${exec ? 'exec' : 'noexec'},nosuid,nodev,uid=${uid},gid=0,mode=${mode}`,
        })),
      volumes: writablePaths.filter(({ kind }) => kind === 'volume').map(({ path }) => path),
      bindMounts: [
        { source: this.application.directory, target: documentRoot },
        { source: this.application.outside, target: join(dirname(documentRoot), 'outside.txt') },
        ...(await this.laidOver()),
      ],
      ports,
      memory: '512m',
      pids: 200,
      securityOptions: this.options.securityOptions,
    };
  }
}

/** What an engine itself puts into the file system of a container. */
const DOCKER_OWN = /^\/(?:$|\.dockerenv$|dev\/|proc\/|sys\/|etc\/(?:hostname|hosts|mtab|resolv\.conf)$)/;
