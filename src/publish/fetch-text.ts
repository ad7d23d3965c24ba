import { registryError } from './registry/registry-problem';
import { retry, type RetryOptions } from './registry/retry';
import { Transport } from './registry/transport';
import { isLoopback } from './registry-address';

/** Redirections that are followed. */
const MOST_STEPS = 5;

/**
 * The text at an address, over TLS.
 *
 * @throws DockerfileGeneratorError REGISTRY_ERROR
 */
export async function fetchText(address: string, options: RetryOptions = {}): Promise<string> {
  const transport = new Transport(options.signal);
  try {
    return await retry(() => follow(transport, new URL(address), MOST_STEPS), options);
  } finally {
    await transport.close();
  }
}

async function follow(transport: Transport, url: URL, steps: number): Promise<string> {
  if (url.protocol !== 'https:' && !isLoopback(url.host)) {
    throw registryError(url.origin, 'it is asked without TLS', 'give an address that begins with https');
  }
  const { status, headers, body } = await transport.text({ method: 'GET', url });
  if (status >= 301 && status <= 308 && headers.location && steps > 0) {
    return follow(transport, new URL(headers.location, url), steps - 1);
  }
  if (status !== 200) {
    throw registryError(url.href, `it answers ${status}`, 'look at the address and at the version in it');
  }
  return body;
}
