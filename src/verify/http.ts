import { request as sendPlain, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as sendSecure } from 'node:https';
import { isIP } from 'node:net';

/** A request, sent exactly as it is: no path is tidied up. */
export interface HttpRequest {
  /** @default 'GET' */
  readonly method?: string;
  /** Path and query, verbatim. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Milliseconds; @default 15000 */
  readonly patience?: number;
  /** Whether it is sent over TLS; whose certificate it is does not matter. @default false */
  readonly secure?: boolean;
}

/** A whole answer. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name; what came twice is joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly text: string;
}

/** Sends a request on a connection of its own. Fails where the answer is not whole. */
export function sendRequest(address: string, request: HttpRequest): Promise<HttpAnswer> {
  const [host, port] = splitAddress(address);
  return new Promise((resolve, reject) => {
    const outgoing = open(request, {
      host,
      port,
      agent: false,
      method: request.method ?? 'GET',
      path: request.path,
      headers: request.body ? { 'Content-Length': request.body.length, ...request.headers } : { ...request.headers },
      signal: AbortSignal.timeout(request.patience ?? 15_000),
    });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      readAnswer(incoming).then(resolve, reject);
      // An answer that comes before the body was read, such as 413, ends the sending.
      incoming.once('end', () => outgoing.destroy());
    });
    outgoing.end(request.body);
  });
}

function open({ secure, headers }: HttpRequest, options: RequestOptions): ReturnType<typeof sendPlain> {
  if (!secure) {
    return sendPlain(options);
  }
  const host = splitAddress(headers?.Host ?? '')[0];
  return sendSecure({ ...options, rejectUnauthorized: false, servername: isIP(host) ? '' : host });
}

async function readAnswer(incoming: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks);
  return { status: incoming.statusCode!, headers: joinHeaders(incoming.rawHeaders), body, text: body.toString('utf8') };
}

function joinHeaders(raw: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? raw[index + 1]! : `${before}, ${raw[index + 1]}`);
  }
  return headers;
}

function splitAddress(address: string): [string, number] {
  const colon = /:\d+$/.exec(address)?.index ?? address.length;
  return [address.slice(0, colon).replace(/^\[|\]$/g, ''), Number(address.slice(colon + 1))];
}
