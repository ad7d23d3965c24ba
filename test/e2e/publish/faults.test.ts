import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Project } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { FaultProxy, type Fault, type Seen } from './proxy';
import { TestRegistry } from './registry';
import { digestOf } from '../../../src/publish/oci/digest';
import { HttpRegistry } from '../../../src/publish/registry/http-registry';
import type { BlobSource } from '../../../src/publish/registry/registry';

/** A blob that nobody has yet. */
function newBlob(size = 300_000): BlobSource {
  const bytes = randomBytes(size);
  return { digest: digestOf(bytes), size, open: () => Promise.resolve(Readable.from([bytes])) };
}

/** Gives a fault to the first requests that fit. */
function first(count: number, fits: (seen: Seen) => boolean, fault: Fault): (seen: Seen) => Fault | undefined {
  let left = count;
  return (seen) => (fits(seen) && left-- > 0 ? fault : undefined);
}

const isStart = ({ method, url }: Seen): boolean => method === 'POST' && url.includes('/blobs/uploads/');
const isUpload = ({ method, url }: Seen): boolean => method === 'PUT' && url.includes('/blobs/uploads/');
const isManifest = ({ method, url }: Seen): boolean => method === 'PUT' && url.includes('/manifests/');

describePublish('a registry that answers wrongly', [], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let proxy: FaultProxy | undefined;

  beforeAll(async () => {
    registry = await TestRegistry.start();
  });

  afterEach(() => proxy?.stop());

  afterAll(() => registry.remove());

  async function client(choose: (seen: Seen) => Fault | undefined, attempts = 4): Promise<HttpRegistry> {
    proxy = await FaultProxy.start(registry.port, choose);
    return new HttpRegistry(proxy.host, { retry: { attempts, delay: 20 } });
  }

  it.each<readonly [string, (seen: Seen) => boolean, Fault]>([
    ['500 when an upload begins', isStart, { status: 500 }],
    ['502 to an upload', isUpload, { status: 502, body: '<html>bad gateway</html>' }],
    ['429 with Retry-After', isStart, { status: 429, headers: { 'retry-after': '1' } }],
    ['a connection that is closed when an upload begins', isStart, 'close'],
    ['a connection that is closed during an upload', isUpload, 'close'],
    ['an upload of which half arrives', isUpload, 'truncate'],
  ])('%s: it is tried again, and the blob arrives whole', async (name, fits, fault) => {
    // GIVEN
    const blob = newBlob();
    const http = await client(first(2, fits, fault));
    const begin = Date.now();
    // WHEN
    await http.putBlob('faults', blob);
    await http.close();
    // THEN
    const whole = new HttpRegistry(registry.host);
    expect(digestOf(await whole.getBlob('faults', blob.digest))).toBe(blob.digest);
    await whole.close();
    expect(proxy!.seen.filter(fits)).toHaveLength(3);
    expect(Date.now() - begin).toBeGreaterThanOrEqual(name.includes('Retry-After') ? 2000 : 20);
  });

  it.each([
    [401, 'log in'],
    [403, 'right to push'],
    [404, 'make the repository'],
    [413, 'raise the limit'],
  ])('%i is no matter of patience: it fails at once, and says what to do', async (status, advice) => {
    const http = await client((seen) =>
      isStart(seen) ? { status, body: '{"errors":[{"code":"DENIED","message":"not you"}]}' } : undefined,
    );
    // WHEN
    const error = await http.putBlob('faults', newBlob()).catch((thrown: unknown) => thrown);
    await http.close();
    // THEN
    expect(error).toMatchObject({
      type: 'REGISTRY_ERROR',
      exitStatus: 16,
      details: [
        {
          where: `POST http://${proxy!.host}/v2/faults/blobs/uploads/`,
          what: `answered ${status} (DENIED: not you)`,
          next: expect.stringContaining(advice) as unknown,
        },
      ],
    });
    expect(proxy!.seen.filter(isStart)).toHaveLength(1);
  });

  it('gives up after some tries, and says what the last answer was', async () => {
    const http = await client((seen) => (isStart(seen) ? { status: 503 } : undefined));
    await expect(http.putBlob('faults', newBlob())).rejects.toThrow(/answered 503[\s\S]*it goes on from here/);
    expect(proxy!.seen.filter(isStart)).toHaveLength(4);
    await http.close();
  });

  it('does not wait for hours', async () => {
    const http = await client((seen) =>
      isStart(seen) ? { status: 429, headers: { 'retry-after': '7200' } } : undefined,
    );
    await expect(http.putBlob('faults', newBlob())).rejects.toThrow('answered 429');
    expect(proxy!.seen.filter(isStart)).toHaveLength(1);
    await http.close();
  });

  it('believes no content that is not what its digest says', async () => {
    const manifest = Buffer.from('{"schemaVersion":2,"config":{},"layers":[]}');
    const http = await client((seen) => (seen.method === 'GET' ? { status: 200, body: '{}' } : undefined), 2);
    await expect(http.getManifest('faults', digestOf(manifest))).rejects.toThrow('gave other content');
    await http.close();
  });

  it('a whole publish passes all of it', async () => {
    // GIVEN a registry that fails once at each kind of request
    const faults = [
      first(1, isStart, { status: 500 }),
      first(1, isUpload, 'truncate'),
      first(1, (seen) => isUpload(seen), 'close'),
      first(1, isManifest, { status: 502 }),
      first(1, ({ method }) => method === 'HEAD', { status: 429, headers: { 'retry-after': '0.2' } }),
    ];
    proxy = await FaultProxy.start(registry.port, (seen) => {
      for (const choose of faults) {
        const fault = choose(seen);
        if (fault !== undefined) {
          return fault;
        }
      }
      return undefined;
    });
    const project = new Project(join(path, 'project'), {
      test: { registries: [{ registry: proxy.host }], verify: 'inspect' },
    });
    writeOutput(project.output, [{ name: 'patient', text: 'one' }]);
    // WHEN
    const { status, events } = await project.run(['publish', '--environment=test', '--log-format=json']);
    // THEN
    expect(status).toBe(0);
    expect(events.filter(({ message }) => /; try \d of 6/.test(message ?? '')).length).toBeGreaterThanOrEqual(5);
    expect((await registry.complete('patient', 'latest')).architectures).toEqual(['amd64', 'arm64']);
  }, 60_000);
});

describePublish('two registries', [], () => {
  const { path } = temporaryDirectory();

  it('one is down: the other is complete, the status says so, and the next run repairs', async () => {
    // GIVEN
    const [up, down] = [await TestRegistry.start(), await TestRegistry.start()];
    await down.stop();
    const project = new Project(join(path, 'project'), {
      both: { registries: [{ registry: up.host }, { registry: down.host }], verify: 'inspect' },
    });
    writeOutput(project.output, [{ name: 'web', text: 'one' }]);
    // WHEN
    const args = ['publish', '--environment=both', '--log-format=json', '--receipt=receipt.json'];
    const broken = await project.run(args);
    // THEN
    expect(broken.status).toBe(16);
    expect(broken.stderr).toContain(`${down.host}/web: GET http://${down.host}/v2/web/manifests/latest`);
    expect(broken.stderr).toContain('no answer: ECONNREFUSED');
    const there = await up.complete('web', 'latest');
    // What was done is told all the same.
    expect(broken.stdout).toContain(`${up.host}/web:latest -> ${there.digest.slice(0, 19)}`);
    expect(JSON.parse(readFileSync(join(project.directory, 'receipt.json'), 'utf8'))).toMatchObject({
      complete: false,
      failures: [{ where: `${down.host}/web`, type: 'REGISTRY_ERROR' }],
    });
    // WHEN
    await down.begin();
    const repaired = await project.run(args);
    // THEN
    expect(repaired.status).toBe(0);
    expect(await down.complete('web', 'latest')).toEqual(there);
    const steps = repaired.events.find(({ type }) => type === 'plan')!.steps!;
    expect(steps.filter((step) => /^build|^verify/.test(step) || step.includes(up.host))).toEqual([]);
    await Promise.all([up.remove(), down.remove()]);
  }, 90_000);
});
