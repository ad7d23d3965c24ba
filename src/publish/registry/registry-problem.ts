import { DockerfileGeneratorError } from '../../errors/dockerfile-generator-error';

/** A request as it is shown: without a query, which may hold a token. */
export function shownRequest(method: string, url: URL): string {
  return `${method} ${url.origin}${url.pathname}`;
}

/** A registry answered something else than was hoped for. */
export function answerError(request: string, status: number, body: string): DockerfileGeneratorError {
  return registryError(request, `answered ${status}${reasonOf(body)}`, nextFor(status));
}

/** A registry did not answer. */
export function connectionError(request: string, error: unknown): DockerfileGeneratorError {
  const codes = errorCodes(error);
  const text = codes[0] ?? (error as Error).message;
  return registryError(request, `no answer: ${text}`, nextForCode(codes), error);
}

/** A REGISTRY_ERROR with one problem. */
export function registryError(where: string, what: string, next: string, cause?: unknown): DockerfileGeneratorError {
  return new DockerfileGeneratorError('REGISTRY_ERROR', [{ where, what, next }], { cause });
}

/** Codes of an error and of what caused it: `ECONNREFUSED`. */
export function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  for (let at = error as (NodeJS.ErrnoException & { errors?: unknown[] }) | undefined; at;) {
    if (typeof at.code === 'string') {
      codes.push(at.code);
    }
    at = (at.cause ?? at.errors?.[0]) as typeof at;
  }
  return codes;
}

function reasonOf(body: string): string {
  try {
    const { errors = [], details } = JSON.parse(body) as {
      errors?: Array<{ code?: string; message?: string }>;
      details?: string;
    };
    const text = errors.map(({ code, message }) => [code, message].filter(Boolean).join(': ')).join('; ') || details;
    return text ? ` (${text})` : '';
  } catch {
    return '';
  }
}

function nextFor(status: number): string {
  switch (status) {
    case 401:
      return 'log in (docker login, or --username with --password-stdin); a token may have run out';
    case 403:
      return 'give this user the right to push there, or name another namespace';
    case 404:
      return 'make the repository in the registry first, or mend its name';
    case 413:
      return 'raise the limit for uploads of the registry, or of the proxy before it';
    case 429:
      return 'wait until the registry takes requests again, or log in for a higher limit; the next run goes on from here';
    default:
      return status >= 500
        ? 'look at the registry, then run the same command again: it goes on from here'
        : 'is this the address of an OCI registry? look at its log';
  }
}

function nextForCode(codes: readonly string[]): string {
  if (codes.some((code) => /CERT|SELF_SIGNED|TLS|SSL|EPROTO/.test(code))) {
    return 'give the authority of its certificate by NODE_EXTRA_CA_CERTS=FILE; TLS is always asked for, except on this machine';
  }
  if (codes.includes('ENOTFOUND')) {
    return 'mend the name of the registry, or the resolver of this machine';
  }
  return 'start the registry or mend the way to it, then run the same command again: it goes on from here';
}
