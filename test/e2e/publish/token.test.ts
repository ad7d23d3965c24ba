import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { doneSteps, plannedSteps, Project, type CliResult } from './cli';
import { describePublish, temporaryDirectory } from './describe-publish';
import { writeOutput } from './fixture';
import { generateKeys, KEY_PASSWORD } from './keys';
import { FaultProxy, type Seen } from './proxy';
import { TestRegistry } from './registry';
import { TokenServer } from './token-server';
import type { Credentials } from '../../../src/publish/credentials/credentials';
import { digestOf } from '../../../src/publish/oci/digest';
import { HttpRegistry } from '../../../src/publish/registry/http-registry';

const USER = 'shopkeeper';
const PASSWORD = 'a password of a test';
const shopkeeper = (): Promise<Credentials> => Promise.resolve({ username: USER, password: PASSWORD });
const EXPIRING = 'repository:expiring/web:pull,push';

describePublish('a registry that asks for tokens, as Docker Hub does', ['cosign'], () => {
  const { path } = temporaryDirectory();
  let registry: TestRegistry;
  let guarded: TestRegistry;
  let tokens: TokenServer;
  let proxy: FaultProxy;
  let project: Project;
  /** Refuses a request. */
  let refuses = (_: Seen): boolean => false;

  beforeAll(async () => {
    registry = await TestRegistry.start();
    tokens = await TokenServer.start(path, USER, PASSWORD);
    guarded = await registry.guarded(tokens.auth);
    proxy = await FaultProxy.start(guarded.port, (seen) =>
      refuses(seen) ? { status: 401, headers: challenge() } : undefined,
    );
    const environment = { registries: [{ registry: guarded.host, namespace: 'shop' }], verify: 'inspect' };
    project = new Project(join(path, 'project'), {
      test: { ...environment, sign: generateKeys(join(path, 'key')) },
      next: { registries: [{ registry: guarded.host, namespace: 'next' }], verify: 'inspect', promoteFrom: 'test' },
      expiring: { registries: [{ registry: proxy.host, namespace: 'expiring' }], verify: 'inspect' },
    });
    writeOutput(project.output, [{ name: 'web', text: 'one' }]);
  });

  afterAll(async () => {
    await Promise.all([proxy.stop(), tokens.stop(), guarded.stop()]);
    await registry.remove();
  });

  /** How the registry asks, word for word. */
  function challenge(): Record<string, string> {
    const { realm, service } = (tokens.auth as { token: Record<string, string> }).token;
    return {
      'www-authenticate': `Bearer realm="${realm}",service="${service}",scope="${EXPIRING}",error="invalid_token"`,
    };
  }

  function run(args: readonly string[], password = PASSWORD): Promise<CliResult> {
    const credentials = { REGISTRY_USERNAME: USER, REGISTRY_PASSWORD: password, COSIGN_PASSWORD: KEY_PASSWORD };
    return project.run([...args, '--log-format=json'], { environment: credentials });
  }

  it('refuses who says the wrong password, at once', async () => {
    const { status, stderr } = await run(['publish', '--environment=test'], 'not this one');
    expect([status, stderr.includes('REGISTRY_ERROR'), stderr.includes('not this one')]).toEqual([16, true, false]);
    expect(tokens.requests.map((request) => request.status)).toEqual([401]);
  });

  it('gives tokens to who says the right one, for the repository alone', async () => {
    // WHEN
    tokens.requests.length = 0;
    const { status, stderr } = await run(['publish', '--environment=test']);
    // THEN
    expect([status, stderr.includes(PASSWORD)]).toEqual([0, false]);
    expect((await registry.complete('shop/web', 'latest')).architectures).toEqual(['amd64', 'arm64']);
    const own = tokens.requests.filter(({ scopes }) => scopes.join() === 'repository:shop/web:pull,push');
    expect(own[0]).toMatchObject({ user: USER, status: 200 });
    expect(tokens.requests.every(({ status: answered }) => answered === 200)).toBe(true);
  });

  it('is asked for both repositories when a blob is taken from one into another', async () => {
    // GIVEN
    const http = new HttpRegistry(guarded.host, { credentials: shopkeeper });
    const bytes = randomBytes(1000);
    const blob = { digest: digestOf(bytes), size: 1000, open: () => Promise.resolve(Readable.from([bytes])) };
    await http.putBlob('from', blob);
    tokens.requests.length = 0;
    // WHEN
    await http.putBlob('to', { ...blob, mountFrom: 'from', open: () => Promise.reject(new Error('not mounted')) });
    // THEN
    expect(tokens.requests.at(-1)!.scopes).toEqual(['repository:from:pull', 'repository:to:pull,push']);
    const whole = new HttpRegistry(registry.host);
    expect(digestOf(await whole.getBlob('to', blob.digest))).toBe(blob.digest);
    await Promise.all([http.close(), whole.close()]);
  });

  it('lets a promotion take blobs from one repository to another', async () => {
    // WHEN
    const result = await run(['promote', '--to=next']);
    // THEN
    expect([result.status, doneSteps(result).length > 0]).toEqual([0, true]);
    expect(await registry.complete('next/web', 'latest')).toEqual(await registry.complete('shop/web', 'latest'));
  });

  it('is asked for a new token when the old one is refused in the middle', async () => {
    // GIVEN a token that is not taken any more at the third upload
    let uploads = 0;
    refuses = ({ method, url }) => method === 'PUT' && url.includes('/blobs/uploads/') && ++uploads === 3;
    tokens.requests.length = 0;
    // WHEN
    const { status, stderr } = await run(['publish', '--environment=expiring', '--rebuild']);
    // THEN
    expect([status, status === 0 ? [] : stderr.trim().split('\n').slice(-3)]).toEqual([0, []]);
    expect([uploads > 3, tokens.requests.length >= 2]).toEqual([true, true]);
    expect((await registry.complete('expiring/web', 'latest')).architectures).toEqual(['amd64', 'arm64']);
  });

  it('is asked for each of many uploads that are refused at once', async () => {
    // GIVEN uploads of which each is refused the first time
    const refused = new Set<string>();
    refuses = ({ method, url }) =>
      method === 'PUT' && url.includes('/blobs/uploads/') && !refused.has(url) && refused.add(url) !== undefined;
    const http = new HttpRegistry(proxy.host, { credentials: shopkeeper });
    const put = (): Promise<unknown> => {
      const bytes = randomBytes(1000);
      const open = (): Promise<Readable> => Promise.resolve(Readable.from([bytes]));
      return http.putBlob('expiring/web', { digest: digestOf(bytes), size: bytes.length, open });
    };
    const some = async (): Promise<void> => {
      for (let blob = 0; blob < 40; blob++) {
        await put();
      }
    };
    // WHEN
    await Promise.all([some(), some(), some(), some()]);
    // THEN
    expect(refused.size).toBe(160);
    await http.close();
  });

  it('lets anybody read: without a password there is nothing to do, and what is to be pushed says to log in', async () => {
    // GIVEN nobody's configuration of Docker
    const environment = { DOCKER_CONFIG: join(path, 'nobody'), COSIGN_PASSWORD: KEY_PASSWORD };
    const anonymous = (): Promise<CliResult> =>
      project.run(['publish', '--environment=test', '--log-format=json', `--state=${join(path, 'elsewhere')}`], {
        environment,
      });
    // THEN
    const read = await anonymous();
    expect([read.status, plannedSteps(read)]).toEqual([0, []]);
    writeOutput(project.output, [{ name: 'web', text: 'two' }]);
    const before = await registry.complete('shop/web', 'latest');
    const refused = await anonymous();
    expect([refused.status, refused.stderr.includes('log in')]).toEqual([16, true]);
    expect(await registry.complete('shop/web', 'latest')).toEqual(before);
  });
});
