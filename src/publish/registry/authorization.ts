import type { Credentials } from '../credentials/credentials';
import { isLoopback } from '../registry-address';
import { registryError } from './registry-problem';
import type { Transport } from './transport';

/** What a registry asks for: `Bearer realm="...",service="...",scope="..."`. */
interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly parameters: Readonly<Record<string, string>>;
}

/** Answers the challenges of one registry, and keeps the tokens that it was given. */
export class Authorization {
  private readonly headers = new Map<string, string>();

  constructor(
    private readonly transport: Transport,
    private readonly credentials: () => Promise<Credentials | undefined>,
  ) {}

  /** The header for a repository and what is done there, where one is known. */
  header(scope: string): string | undefined {
    return this.headers.get(scope);
  }

  /** The header that answers a challenge, kept in the place of one that was refused; undefined where there is none. */
  async answer(value: string | undefined, scope: string, extra: readonly string[] = []): Promise<string | undefined> {
    const challenge = parseChallenge(value);
    if (challenge === undefined) {
      return undefined;
    }
    const credentials = await this.credentials();
    const header =
      challenge.scheme === 'basic' ? basic(credentials) : await this.token(challenge.parameters, credentials, extra);
    if (header !== undefined) {
      this.headers.set(scope, header);
    }
    return header;
  }

  private async token(
    { realm, service, scope }: Readonly<Record<string, string>>,
    credentials: Credentials | undefined,
    extra: readonly string[],
  ): Promise<string | undefined> {
    const url = realm !== undefined && URL.canParse(realm) ? new URL(realm) : undefined;
    if (url === undefined || !(url.protocol === 'https:' || isLoopback(url.host))) {
      throw registryError(String(realm), 'is no https address to ask for a token', 'mend the registry: its realm');
    }
    const form = new URLSearchParams(service ? { service } : {});
    // A registry names several in one parameter, each of which is asked for by itself.
    new Set([...(scope?.split(' ').filter(Boolean) ?? []), ...extra]).forEach((item) => form.append('scope', item));
    const oauth = credentials?.identityToken;
    if (oauth) {
      form.set('grant_type', 'refresh_token');
      form.set('refresh_token', oauth);
      form.set('client_id', 'projen-nginx-php');
    } else {
      form.forEach((item, name) => url.searchParams.append(name, item));
    }
    const answer = await this.transport.text(
      oauth
        ? {
            method: 'POST',
            url,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: () => Promise.resolve(form.toString()),
          }
        : { method: 'GET', url, headers: authorization(basic(credentials)) },
    );
    return bearer(answer.status, answer.body);
  }
}

function bearer(status: number, body: string): string | undefined {
  if (status !== 200) {
    return undefined;
  }
  try {
    const { token, access_token: access } = JSON.parse(body) as { token?: string; access_token?: string };
    return token || access ? `Bearer ${token || access}` : undefined;
  } catch {
    return undefined;
  }
}

function basic(credentials: Credentials | undefined): string | undefined {
  if (!credentials?.username) {
    return undefined;
  }
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

function authorization(header: string | undefined): Record<string, string> {
  return header === undefined ? {} : { authorization: header };
}

function parseChallenge(value: string | undefined): Challenge | undefined {
  const [, scheme = '', rest = ''] = /^\s*(basic|bearer)\b\s*(.*)$/i.exec(value ?? '') ?? [];
  if (scheme === '') {
    return undefined;
  }
  const pairs = [...rest.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, text]) => [name!, text!] as const);
  return { scheme: scheme.toLowerCase() as Challenge['scheme'], parameters: Object.fromEntries(pairs) };
}
