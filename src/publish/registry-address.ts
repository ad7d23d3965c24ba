import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';

/** Docker Hub, by the name that people write. */
export const DOCKER_HUB = 'docker.io';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;

const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;

/**
 * Host of a registry, as it stands in a reference: `registry.example.com:5000`. A scheme is cut off; https is always
 * spoken, and http only with this machine.
 *
 * @throws DockerfileGeneratorError VALIDATION_ERROR
 */
export function registryHost(given: string): string {
  const host = given.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  if (HOST.test(host)) {
    return host === 'index.docker.io' || host === 'registry-1.docker.io' ? DOCKER_HUB : host;
  }
  throw new DockerfileGeneratorError('VALIDATION_ERROR', [
    {
      where: 'registry',
      // What follows an @ may be the end of a password: it is not repeated.
      what: given.includes('@') ? 'credentials stand in the address' : `${JSON.stringify(given)} is not a host`,
      next: 'write the host alone, such as registry.example.com:5000, and give a password by --password-stdin',
    },
  ]);
}

/** Whether a registry is on this machine: the only one that is spoken to without TLS. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Where the API of a registry is: `https://registry-1.docker.io`. */
export function apiAddress(host: string): string {
  if (host === DOCKER_HUB) {
    return 'https://registry-1.docker.io';
  }
  return `${isLoopback(host) ? 'http' : 'https'}://${host}`;
}

/** Names under which Docker keeps the credentials of a registry. */
export function credentialNames(host: string): readonly string[] {
  return host === DOCKER_HUB ? ['https://index.docker.io/v1/', DOCKER_HUB] : [host, `https://${host}`];
}
