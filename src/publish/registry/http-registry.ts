import type { Readable } from 'node:stream';
import type { Credentials } from '../credentials/credentials';
import { digestOf } from '../oci/digest';
import { MEDIA_TYPES } from '../oci/types';
import { apiAddress, isLoopback } from '../registry-address';
import { Authorization } from './authorization';
import type { BlobSource, Registry, StoredManifest } from './registry';
import { answerError, registryError, shownRequest } from './registry-problem';
import { retry, Transient, type RetryOptions } from './retry';
import { Transport, type HttpAnswer, type HttpRequest } from './transport';

/** How a registry is spoken to. */
export interface HttpRegistryOptions {
  /** @default - nobody is named */
  readonly credentials?: () => Promise<Credentials | undefined>;
  readonly retry?: RetryOptions;
}

interface Call extends Omit<HttpRequest, 'url'> {
  readonly repository: string;
  /** Below `/v2/REPOSITORY`, or a whole address. */
  readonly path: string | URL;
  readonly expected: readonly number[];
  /** Further scopes of the token. */
  readonly scopes?: readonly string[];
}

/** What is asked for at once; a registry may give fewer. */
const TAGS_OF_A_PAGE = 1000;

/** Statuses by which a registry says that an upload did not arrive as it was sent. */
const BROKEN_UPLOAD = [400, 404, 416];

/** A registry of the OCI distribution specification, over HTTP. */
export class HttpRegistry implements Registry {
  private readonly transport: Transport;

  private readonly authorization: Authorization;

  constructor(
    readonly host: string,
    private readonly options: HttpRegistryOptions = {},
  ) {
    this.transport = new Transport(options.retry?.signal);
    this.authorization = new Authorization(this.transport, options.credentials ?? (() => Promise.resolve(undefined)));
  }

  async getManifest(repository: string, reference: string): Promise<StoredManifest | undefined> {
    return this.again(async () => {
      const call = this.manifestCall('GET', repository, reference);
      const answer = await this.call(call);
      const bytes = await this.transport.read(this.request(call), answer.body);
      if (answer.status === 404) {
        return undefined;
      }
      const digest = digestOf(bytes);
      if (reference.startsWith('sha256:') && reference !== digest) {
        const shown = shownRequest('GET', this.request(call).url);
        throw new Transient(
          registryError(shown, `gave other content: ${digest}`, 'look at the registry and its proxy'),
        );
      }
      return { bytes, digest, mediaType: answer.headers['content-type'] ?? MEDIA_TYPES.manifest };
    });
  }

  async findManifest(repository: string, reference: string): Promise<string | undefined> {
    const answer = await this.again(() => this.discard(this.manifestCall('HEAD', repository, reference)));
    if (answer.status === 404) {
      return undefined;
    }
    return answer.headers['docker-content-digest'] ?? (await this.getManifest(repository, reference))?.digest;
  }

  async listTags(repository: string): Promise<readonly string[]> {
    const tags: string[] = [];
    let page: string | undefined = `/tags/list?n=${TAGS_OF_A_PAGE}`;
    while (page !== undefined) {
      const call: Call = { method: 'GET', repository, path: page, expected: [200, 404] };
      const [answer, bytes] = await this.again(async () => {
        const found = await this.call(call);
        return [found, await this.transport.read(this.request(call), found.body)] as const;
      });
      if (answer.status === 404) {
        return [];
      }
      tags.push(...((JSON.parse(bytes.toString('utf8')) as { readonly tags: string[] | null }).tags ?? []));
      const next: string | undefined = /<[^>]*(\/tags\/list\?[^>]*)>;\s*rel="?next"?/.exec(
        answer.headers.link ?? '',
      )?.[1];
      page = next === page ? undefined : next;
    }
    return tags;
  }

  async putManifest(
    repository: string,
    reference: string,
    { bytes, mediaType }: Pick<StoredManifest, 'bytes' | 'mediaType'>,
  ): Promise<string> {
    await this.again(() =>
      this.discard({
        method: 'PUT',
        repository,
        path: `/manifests/${reference}`,
        headers: { 'content-type': mediaType },
        body: () => Promise.resolve(bytes),
        expected: [201, 200, 202],
      }),
    );
    return digestOf(bytes);
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    const call = { method: 'HEAD', repository, path: `/blobs/${digest}`, expected: [200, 404] } as const;
    return (await this.again(() => this.discard(call))).status === 200;
  }

  async getBlob(repository: string, digest: string): Promise<Buffer> {
    return this.again(async () => {
      const call = { method: 'GET', repository, path: `/blobs/${digest}`, expected: [200] } as const;
      const answer = await this.call(call);
      return this.transport.read(this.request(call), answer.body);
    });
  }

  async openBlob(repository: string, digest: string): Promise<Readable> {
    const call = { method: 'GET', repository, path: `/blobs/${digest}`, expected: [200] } as const;
    return (await this.again(() => this.call(call))).body;
  }

  async putBlob(repository: string, source: BlobSource): Promise<boolean> {
    if (await this.hasBlob(repository, source.digest)) {
      return false;
    }
    // The upload as a whole: one that broke off cannot be relied on.
    await this.again(() => this.upload(repository, source));
    return true;
  }

  /** Ends the connections that are kept open. */
  close(): Promise<void> {
    return this.transport.close();
  }

  private async upload(repository: string, source: BlobSource): Promise<void> {
    const mount = source.mountFrom;
    const query = mount ? `?mount=${source.digest}&from=${encodeURIComponent(mount)}` : '';
    const begun = await this.discard({
      method: 'POST',
      repository,
      path: `/blobs/uploads/${query}`,
      headers: { 'content-length': '0' },
      expected: [201, 202],
      scopes: mount ? [`repository:${mount}:pull`] : [],
    });
    if (begun.status === 201) {
      return;
    }
    const place = new URL(begun.headers.location ?? '', this.request({ repository, path: '/blobs/uploads/' }).url);
    assertEncrypted(place);
    place.searchParams.set('digest', source.digest);
    const put: Call = {
      method: 'PUT',
      repository,
      path: place,
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(source.size) },
      body: () => source.open(),
      expected: [201, ...BROKEN_UPLOAD],
    };
    const answer = await this.call(put);
    const body = (await this.transport.read(this.request(put), answer.body)).toString('utf8');
    if (answer.status !== 201) {
      throw new Transient(answerError(shownRequest('PUT', place), answer.status, body));
    }
  }

  private manifestCall(method: 'GET' | 'HEAD', repository: string, reference: string): Call {
    const headers = { accept: Object.values(MEDIA_TYPES).join(', ') };
    return { method, repository, path: `/manifests/${reference}`, headers, expected: [200, 404] };
  }

  /** Makes a call whose answer has nothing to read. */
  private async discard(call: Call): Promise<HttpAnswer> {
    const answer = await this.call(call);
    await this.transport.read(this.request(call), answer.body);
    return answer;
  }

  /** Makes a call: answers a challenge, follows a redirection. */
  private async call(call: Call): Promise<HttpAnswer> {
    const scope = `${call.repository} ${call.method === 'GET' || call.method === 'HEAD' ? 'pull' : 'push'}`;
    let answer = await this.send(call, this.authorization.header(scope));
    if (answer.status === 401) {
      const header = await this.authorization.answer(answer.headers['www-authenticate'], scope, call.scopes);
      if (header !== undefined) {
        await leave(answer);
        // The very one: calls beside this one get headers of their own meanwhile.
        answer = await this.send(call, header);
      }
    }
    if (call.method === 'GET' && answer.status >= 301 && answer.status <= 308 && answer.headers.location) {
      await leave(answer);
      const url = new URL(answer.headers.location, this.request(call).url);
      assertEncrypted(url);
      // Storage elsewhere: it is not shown the credentials of the registry.
      answer = await this.transport.send({ method: 'GET', url });
    }
    if (call.expected.includes(answer.status)) {
      return answer;
    }
    const request = this.request(call);
    const body = await this.transport.read(request, answer.body).catch(() => '');
    throw answerError(shownRequest(request.method, request.url), answer.status, body.toString());
  }

  /** Sends a call; the header is for the registry itself alone. */
  private send(call: Call, authorization: string | undefined): Promise<HttpAnswer> {
    const request = this.request(call);
    const isOwn = request.url.origin === new URL(apiAddress(this.host)).origin;
    return this.transport.send({
      ...request,
      headers: { ...request.headers, ...(authorization && isOwn ? { authorization } : {}) },
    });
  }

  private request({
    method = 'GET',
    repository,
    path,
    headers,
    body,
  }: Pick<Call, 'repository' | 'path'> & Partial<Call>): HttpRequest {
    const url = path instanceof URL ? path : new URL(`/v2/${repository}${path}`, apiAddress(this.host));
    return { method, url, headers, body };
  }

  private again<T>(work: () => Promise<T>): Promise<T> {
    return retry(work, this.options.retry);
  }
}

/** Lets the rest of an answer go; where it breaks off meanwhile, nothing is lost. */
async function leave({ body }: HttpAnswer): Promise<void> {
  await body.dump().catch(() => undefined);
}

function assertEncrypted(url: URL): void {
  if (url.protocol !== 'https:' && !isLoopback(url.host)) {
    throw registryError(url.origin, 'the registry points to a place without TLS', 'let its address be https');
  }
}
