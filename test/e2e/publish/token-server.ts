import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Name and issuer of a registry, as its tokens have them. */
const SERVICE = 'registry.test';

/** What somebody asked for a token for, and whether they said who they are. */
export interface TokenRequest {
  readonly user: string | undefined;
  readonly scopes: readonly string[];
  readonly status: number;
}

/** Gives tokens for a registry, as that of Docker Hub does: to all for reading, and to one user for writing. */
export class TokenServer {
  static async start(directory: string, user: string, password: string): Promise<TokenServer> {
    const [key, certificate] = [join(directory, 'token.key'), join(directory, 'token.pem')];
    const subject = ['-subj', '/CN=token', '-days', '1', '-nodes', '-newkey', 'rsa:2048'];
    const args = ['req', '-x509', ...subject, '-keyout', key, '-out', certificate];
    execFileSync('openssl', args, { stdio: 'ignore' });
    const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const server = new TokenServer(key, certificate, user, basic);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  readonly requests: TokenRequest[] = [];

  private readonly server: Server;

  private constructor(
    private readonly key: string,
    private readonly certificate: string,
    private readonly user: string,
    private readonly basic: string,
  ) {
    this.server = createServer((request, answer) => this.handle(request, answer));
  }

  /** The configuration of a registry that takes its tokens. */
  get auth(): object {
    const realm = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/token`;
    return { token: { realm, service: SERVICE, issuer: SERVICE, rootcertbundle: this.certificate } };
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private handle({ url, headers }: IncomingMessage, answer: ServerResponse): void {
    const scopes = new URL(url!, 'http://token').searchParams.getAll('scope');
    const known = headers.authorization === this.basic;
    const status = headers.authorization === undefined || known ? 200 : 401;
    this.requests.push({ user: known ? this.user : undefined, scopes: scopes.map(inOrder).sort(), status });
    answer.writeHead(status, { 'content-type': 'application/json' });
    answer.end(JSON.stringify(status === 200 ? { token: this.token(scopes, known) } : { details: 'who are you?' }));
  }

  private token(scopes: readonly string[], known: boolean): string {
    const access = scopes.map((scope) => {
      const [type, name, actions] = scope.split(':') as [string, string, string];
      return { type, name, actions: actions.split(',').filter((action) => known || action === 'pull') };
    });
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: SERVICE,
      aud: SERVICE,
      sub: known ? this.user : '',
      nbf: now - 10,
      iat: now,
      exp: now + 300,
      access,
    };
    const chain = [new X509Certificate(readFileSync(this.certificate)).raw.toString('base64')];
    const text = [
      { typ: 'JWT', alg: 'RS256', x5c: chain },
      { ...claims, jti: String(this.requests.length) },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign('sha256', Buffer.from(text), createPrivateKey(readFileSync(this.key)));
    return `${text}.${signature.toString('base64url')}`;
  }
}

/** A registry names the actions in any order. */
function inOrder(scope: string): string {
  const [type, name, actions] = scope.split(':') as [string, string, string];
  return `${type}:${name}:${actions.split(',').sort().join()}`;
}
