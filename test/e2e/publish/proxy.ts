import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with a request. */
export type Fault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** The connection is closed without an answer. */
  | 'close'
  /** Half of what is uploaded gets to the registry. */
  | 'truncate';

/** A request, as a fault is chosen by. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** Stands before a registry and gives the wrong answer where it is told to. */
export class FaultProxy {
  static async start(target: number, choose: (seen: Seen) => Fault | undefined): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, choose);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** Every request that came. */
  readonly seen: Seen[] = [];

  private readonly server: Server;

  private constructor(
    private readonly target: number,
    private choose: (seen: Seen) => Fault | undefined,
  ) {
    this.server = createServer((incoming, answer) => this.handle(incoming, answer));
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private handle(incoming: IncomingMessage, answer: ServerResponse): void {
    const seen = { method: incoming.method!, url: incoming.url!, headers: incoming.headers };
    this.seen.push(seen);
    const fault = this.choose(seen);
    if (fault === 'close') {
      incoming.socket.destroy();
      return;
    }
    if (fault !== undefined && fault !== 'truncate') {
      incoming.resume();
      answer.writeHead(fault.status, fault.headers).end(fault.body ?? '');
      return;
    }
    this.forward(incoming, answer, fault === 'truncate');
  }

  private forward(incoming: IncomingMessage, answer: ServerResponse, truncate: boolean): void {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const whole = Buffer.concat(chunks);
      const body = truncate ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
      // The registry builds its addresses from the host that was asked.
      const headers = { ...incoming.headers, 'content-length': String(body.length) };
      const out = request(
        { host: '127.0.0.1', port: this.target, method: incoming.method, path: incoming.url, headers },
        (from) => {
          answer.writeHead(from.statusCode!, from.headers);
          from.pipe(answer);
        },
      );
      out.on('error', () => incoming.socket.destroy());
      out.end(body);
    });
  }
}
