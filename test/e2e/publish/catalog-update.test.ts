import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { TestRegistry } from './registry';
import type { InputLock } from '../../../src';
import { MEDIA_TYPES } from '../../../src/publish/oci/types';
import { HttpRegistry } from '../../../src/publish/registry/http-registry';

const ROOT = join(__dirname, '../../..');

const IMAGES = `
import { ImageConstruct } from ${JSON.stringify(join(ROOT, 'src'))};
export default (app) => { new ImageConstruct(app, 'web', { php: '8.4', platform: 'debian' }); };
`;

describePublish('catalog:update', [], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let project: Project;

  beforeAll(async () => {
    registry = await TestRegistry.start();
    project = new Project(join(path, 'project'));
    symlinkSync(join(ROOT, 'node_modules'), join(project.directory, 'node_modules'));
    writeFileSync(join(project.directory, 'images.ts'), IMAGES);
  });

  afterAll(() => registry.remove());

  /** Puts a base for some architectures into the registry; gives their digests. */
  async function push(tag: string, architectures: readonly string[], marker: string): Promise<Record<string, string>> {
    const client = new HttpRegistry(registry.host);
    const repository = 'library/debian';
    const config = Buffer.from(JSON.stringify({ marker }));
    const { createHash } = await import('node:crypto');
    const digest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
    const { Readable } = await import('node:stream');
    await client.putBlob(repository, {
      digest,
      size: config.length,
      open: () => Promise.resolve(Readable.from([config])),
    });
    const manifests = await Promise.all(
      architectures.map(async (architecture) => {
        const bytes = Buffer.from(
          JSON.stringify({
            schemaVersion: 2,
            mediaType: MEDIA_TYPES.manifest,
            config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: config.length },
            layers: [],
            annotations: { architecture, marker },
          }),
        );
        const own = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
        await client.putManifest(repository, own, { bytes, mediaType: MEDIA_TYPES.manifest });
        return {
          mediaType: MEDIA_TYPES.manifest,
          digest: own,
          size: bytes.length,
          platform: { os: 'linux', architecture },
        };
      }),
    );
    const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests }));
    await client.putManifest(repository, tag, { bytes: index, mediaType: MEDIA_TYPES.index });
    return Object.fromEntries(manifests.map((item) => [item.platform.architecture, item.digest]));
  }

  const lock = (): InputLock => JSON.parse(readFileSync(join(project.directory, 'lock.json'), 'utf8')) as InputLock;

  /** Not the bundle of the other tests: the images load the sources of this package, which is there once. */
  const run = (...args: string[]) =>
    spawnSync(join(ROOT, 'node_modules/.bin/tsx'), [join(ROOT, 'src/cli/main.ts'), ...args], {
      cwd: project.directory,
      encoding: 'utf8',
    });

  const update = (...args: string[]) =>
    run(...['catalog:update', '--mirror', registry.host, '--tag', 'debian trixie=of-today', ...args]);

  it('writes what the registry has, as a diff; synth takes it; a second run finds nothing', async () => {
    // GIVEN
    const digests = await push('of-today', ['amd64', 'arm64'], 'one');
    // WHEN
    const checked = update('--check');
    expect([checked.status, checked.stderr]).toEqual([1, '']);
    expect([checked.status, existsSync(join(project.directory, 'lock.json'))]).toEqual([1, false]);
    const { status, stdout } = update();
    // THEN
    expect([status, stdout]).toEqual([0, expect.stringContaining(`+        "amd64": "${digests.amd64}"`)]);
    expect(lock().bases['debian trixie']).toEqual({
      repository: 'docker.io/library/debian',
      tag: 'of-today',
      digests,
    });
    expect(run('synth').status).toBe(0);
    expect(readFileSync(join(project.output, 'web/arm64/Dockerfile'), 'utf8')).toContain(
      `FROM docker.io/library/debian:of-today@${digests.arm64} AS base`,
    );
    const again = update();
    expect([again.status, again.stderr]).toEqual([0, expect.stringContaining('lock.json is up to date')]);
  });

  it('shows the digests that moved, and nothing else', async () => {
    const before = lock().bases['debian trixie']!.digests!;
    const digests = await push('of-today', ['amd64', 'arm64'], 'two');
    const { stdout } = update();
    const changed = stdout.split('\n').filter((line) => /^[-+] /.test(line));
    expect(changed).toEqual([
      `-        "amd64": "${before.amd64}",`,
      `-        "arm64": "${before.arm64}"`,
      `+        "amd64": "${digests.amd64}",`,
      `+        "arm64": "${digests.arm64}"`,
    ]);
  });

  it('leaves the lock alone where an architecture, a tag or a base is missing', async () => {
    const before = lock();
    await push('of-one', ['amd64'], 'three');
    for (const [tag, problem] of [
      ['debian trixie=of-one', 'is no list with arm64 in it'],
      ['debian trixie=of-nobody', 'has no docker.io/library/debian:of-nobody'],
      ['debian sarge=3', 'the images have no such base'],
    ]) {
      const { status, stderr } = update('--tag', tag!);
      expect([status, stderr]).toEqual([16, expect.stringContaining(problem!)]);
    }
    expect(lock()).toEqual(before);
  });

  it('moves to the newest tag of the same form, unless tags are kept', async () => {
    // GIVEN
    const [old, newest] = ['trixie-20200101-slim', 'trixie-20301231-slim'];
    await push(old, ['amd64', 'arm64'], 'old');
    const digests = await push(newest, ['amd64', 'arm64'], 'new');
    await push('trixie-20311231', ['amd64', 'arm64'], 'of another form');
    update('--tag', `debian trixie=${old}`);
    const plain = (...args: string[]) => run('catalog:update', '--mirror', registry.host, ...args);
    // THEN
    expect(plain('--keep-tags', '--check').status).toBe(0);
    expect(plain('--check').status).toBe(1);
    expect(plain().status).toBe(0);
    expect(lock().bases['debian trixie']).toEqual({ repository: 'docker.io/library/debian', tag: newest, digests });
  });

  it('takes dates from an API that answers as that of endoflife.date, and checksums from beside a download', async () => {
    // GIVEN
    const sha256 = 'd'.repeat(64);
    const server = createServer((request, response) => {
      const product = /^\/v1\/products\/(debian|php)$/.exec(request.url ?? '')?.[1];
      const release =
        product === 'php'
          ? { name: '8.4', eoasFrom: '2026-12-31', eolFrom: '2029-01-31', eoesFrom: null }
          : { name: '13', codename: 'Trixie', eolFrom: '2028-08-31', eoesFrom: '2030-06-30' };
      if (request.url === '/3.0.0/composer.phar.sha256sum') {
        response.end(`${sha256}  composer.phar\n`);
      } else {
        response.writeHead(product ? 200 : 404).end(JSON.stringify({ result: { releases: [release] } }));
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const composer = { version: '2.10.3', url: `${address}/2.10.3/composer.phar`, sha256: 'e'.repeat(64) };
    writeFileSync(join(project.directory, 'lock.json'), JSON.stringify({ ...lock(), composer }));
    // WHEN
    const args = ['--mirror', registry.host, '--end-of-life', `${address}/v1`, '--composer', '3.0.0'];
    const { status, stderr } = await promisify(execFile)(
      join(ROOT, 'node_modules/.bin/tsx'),
      [join(ROOT, 'src/cli/main.ts'), 'catalog:update', ...args],
      { cwd: project.directory },
    ).then(
      ({ stderr: text }) => ({ status: 0, stderr: text }),
      (error: { code: number; stderr: string }) => ({ status: error.code, stderr: error.stderr }),
    );
    server.close();
    // THEN
    expect([status, stderr]).toEqual([0, expect.stringContaining('lock.json is written')]);
    expect(lock()).toMatchObject({
      composer: { version: '3.0.0', url: `${address}/3.0.0/composer.phar`, sha256 },
      endOfLife: {
        'debian trixie': { date: '2028-08-31', extended: '2030-06-30' },
        'php 8.4': { date: '2029-01-31', active: '2026-12-31' },
      },
    });
  });
});
