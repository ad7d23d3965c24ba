import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { answerError, connectionError, shownRequest } from './registry-problem';
import { isTransientError, isTransientStatus, retryAfter, Transient } from './retry';

/** A request of HTTP. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called for each try: a stream can be read only once. */
  readonly body?: () => Promise<Buffer | string | Readable>;
}

/** An answer whose body is not read yet. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Dispatcher.ResponseData['body'];
}

/** An answer that was read. */
export interface TextAnswer extends Omit<HttpAnswer, 'body'> {
  readonly body: string;
}

/** Answers that are read whole are no longer than this, in bytes: manifests are 4 MiB at most. */
const LONGEST_BODY = 16 << 20;

/** Speaks HTTP, through the proxy of the environment. Knows which failures pass by themselves; repeats nothing. */
export class Transport {
  private dispatcher: Dispatcher | undefined;

  constructor(private readonly signal?: AbortSignal) {}

  /**
   * Sends a request.
   *
   * @throws Transient where another try may help; DockerfileGeneratorError REGISTRY_ERROR where none will
   */
  async send({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
    const shown = shownRequest(method, url);
    try {
      // Loaded when it is needed: it takes longer to load than a plan takes to make.
      const { EnvHttpProxyAgent, request } = await import('undici');
      this.dispatcher ??= new EnvHttpProxyAgent({ connect: { timeout: 10_000 } });
      const { signal, dispatcher } = this;
      const options = { method, headers: { ...headers }, body: (await body?.()) ?? null, signal, dispatcher };
      const answer = await request(url, options);
      const flat = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat()[0]] as const);
      const result = { status: answer.statusCode, headers: Object.fromEntries(flat), body: answer.body };
      if (isTransientStatus(result.status)) {
        const failure = answerError(shown, result.status, await readText(result.body));
        throw new Transient(failure, retryAfter(result.headers['retry-after']));
      }
      return result;
    } catch (error) {
      throw this.classify(shown, error);
    }
  }

  /** Sends a request and reads the answer. */
  async text(request: HttpRequest): Promise<TextAnswer> {
    const { body, ...answer } = await this.send(request);
    return { ...answer, body: (await this.read(request, body)).toString('utf8') };
  }

  /** Reads the body of an answer. */
  async read({ method, url }: HttpRequest, body: HttpAnswer['body']): Promise<Buffer> {
    try {
      return await readAll(body);
    } catch (error) {
      throw this.classify(shownRequest(method, url), error);
    }
  }

  /** Ends the connections that are kept open. */
  async close(): Promise<void> {
    await this.dispatcher?.close();
    this.dispatcher = undefined;
  }

  private classify(shown: string, error: unknown): Error {
    if (error instanceof Transient || this.signal?.aborted) {
      return error as Error;
    }
    const failure = connectionError(shown, error);
    return isTransientError(error) ? new Transient(failure) : failure;
  }
}

async function readText(body: HttpAnswer['body']): Promise<string> {
  return readAll(body).then(
    (bytes) => bytes.toString('utf8'),
    () => '',
  );
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > LONGEST_BODY) {
      throw new Error(`the answer is longer than ${LONGEST_BODY} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
