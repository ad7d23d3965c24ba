import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImageList } from '../../../src/publish/oci/image-list';
import type { ImageIndex, ImageManifest } from '../../../src/publish/oci/types';

const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Whether Debian's docker-registry is installed. */
export function hasRegistry(): boolean {
  return spawnSync('docker-registry', ['--version']).status === 0;
}

/** A real registry on a port of its own, empty at first. */
export class TestRegistry {
  static async start(port?: number): Promise<TestRegistry> {
    const registry = new TestRegistry(port ?? (await freePort()), mkdtempSync(join(tmpdir(), 'registry-')));
    await registry.begin();
    return registry;
  }

  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly directory: string,
    private readonly auth?: object,
  ) {}

  /** The same content on a port of its own, for those alone whom `auth` of its configuration lets in. */
  async guarded(auth: object): Promise<TestRegistry> {
    const registry = new TestRegistry(await freePort(), mkdtempSync(join(this.directory, 'guarded-')), auth);
    await registry.begin(this.directory);
    return registry;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Starts it, again after `stop`. */
  async begin(content = this.directory): Promise<void> {
    const config = join(this.directory, 'config.yml');
    writeFileSync(
      config,
      JSON.stringify({
        version: '0.1',
        log: { level: 'error', accesslog: { disabled: true } },
        storage: { filesystem: { rootdirectory: join(content, 'data') }, delete: { enabled: true } },
        http: { addr: this.host },
        auth: this.auth,
      }),
    );
    this.child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
    for (let tries = 0; tries < 200; tries++) {
      if (
        await fetch(`http://${this.host}/v2/`).then(
          ({ ok, status }) => ok || status === 401,
          () => false,
        )
      ) {
        return;
      }
      await sleep(25);
    }
    throw new Error('the registry did not start');
  }

  /** Ends it; what it holds stays. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child?.once('exit', resolve));
    this.child?.kill('SIGKILL');
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true });
  }

  async tags(repository: string): Promise<string[]> {
    const answer = await fetch(`http://${this.host}/v2/${repository}/tags/list`);
    return answer.ok ? (((await answer.json()) as { tags: string[] | null }).tags ?? []) : [];
  }

  /** A manifest, with its digest; undefined where there is none. */
  async manifest<T>(repository: string, reference: string): Promise<{ digest: string; json: T } | undefined> {
    const url = `http://${this.host}/v2/${repository}/manifests/${reference}`;
    const answer = await fetch(url, { headers: { accept: ACCEPT } });
    if (!answer.ok) {
      return undefined;
    }
    return { digest: answer.headers.get('docker-content-digest')!, json: (await answer.json()) as T };
  }

  /** What is at a tag: every architecture with everything that it needs, or an error. */
  async complete(repository: string, tag: string): Promise<{ digest: string; architectures: string[] }> {
    const found = await this.manifest<ImageIndex>(repository, tag);
    const list = ImageList.parse(found!.json);
    for (const descriptor of found!.json.manifests) {
      const image = await this.manifest<ImageManifest>(repository, descriptor.digest);
      for (const { digest } of [image!.json.config, ...image!.json.layers]) {
        const { ok } = await fetch(`http://${this.host}/v2/${repository}/blobs/${digest}`, { method: 'HEAD' });
        if (!ok) {
          throw new Error(`${repository}:${tag} lacks ${digest}`);
        }
      }
    }
    return { digest: found!.digest, architectures: [...list.architectures] };
  }
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
