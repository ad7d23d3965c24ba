import { childEnvironment, SECRET_VARIABLES } from './command';
import { findCredentials } from './credentials/credential-store';
import type { Credentials } from './credentials/credentials';
import { dockerConfigDirectory, readDockerConfig } from './credentials/docker-config';
import { OwnDockerConfig } from './credentials/own-docker-config';
import { Redactor } from './credentials/redact';
import type { Environment } from './environment';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import { HttpRegistry } from './registry/http-registry';
import type { Registry } from './registry/registry';
import type { RetryOptions } from './registry/retry';
import { registryHost } from './registry-address';

/** Who speaks to the registries. */
export interface SessionOptions {
  readonly environments: readonly Environment[];
  /** Name and password that were given for this run; @default - Docker's own credentials */
  readonly given?: Credentials;
  readonly retry?: RetryOptions;
}

/** The registries and the children of one run, with its credentials; whatever it made is removed at the end. */
export class Session {
  /** Environment of every child. */
  readonly environment: Readonly<Record<string, string | undefined>>;

  /** Knows every secret of this run. */
  readonly redactor = new Redactor();

  private readonly registries = new Map<string, HttpRegistry>();

  private readonly own: OwnDockerConfig | undefined;

  private readonly directory = dockerConfigDirectory();

  private readonly host: string | undefined;

  /** Passwords that the environment of this process had: while the session lasts no child can inherit them. */
  private readonly hidden: ReadonlyMap<string, string>;

  /** @throws DockerfileGeneratorError VALIDATION_ERROR */
  constructor(private readonly options: SessionOptions) {
    const { given, environments } = options;
    if (given) {
      this.redactor.add(given.password, given.username);
      this.host = onlyHost(environments);
      this.own = OwnDockerConfig.create(this.directory, { host: this.host, credentials: given });
    }
    this.hidden = takeSecrets();
    this.hidden.forEach((value) => secretsIn(value).forEach((secret) => this.redactor.add(secret)));
    this.environment = childEnvironment(this.own?.environment);
  }

  /** Environment of what builds: with the credentials of Composer's repositories. */
  get buildEnvironment(): Readonly<Record<string, string | undefined>> {
    return { ...this.environment, COMPOSER_AUTH: this.hidden.get('COMPOSER_AUTH') };
  }

  /** Environment of what signs: with the password of its key. */
  get signingEnvironment(): Readonly<Record<string, string | undefined>> {
    return { ...this.environment, COSIGN_PASSWORD: this.hidden.get('COSIGN_PASSWORD') };
  }

  registry = (host: string): Registry => {
    const known = this.registries.get(host);
    if (known) {
      return known;
    }
    let found: Promise<Credentials | undefined> | undefined;
    const credentials = (): Promise<Credentials | undefined> => (found ??= this.credentials(host));
    const registry = new HttpRegistry(host, { credentials, retry: this.options.retry });
    this.registries.set(host, registry);
    return registry;
  };

  async close(): Promise<void> {
    this.own?.remove();
    this.hidden.forEach((value, name) => (process.env[name] = value));
    await Promise.all([...this.registries.values()].map((registry) => registry.close()));
  }

  /** Removes what is secret, at once: also where the process is about to end. */
  removeSecrets(): void {
    this.own?.remove();
  }

  private async credentials(host: string): Promise<Credentials | undefined> {
    if (this.options.given && host === this.host) {
      return this.options.given;
    }
    const found = await findCredentials(host, readDockerConfig(this.directory));
    this.redactor.add(found?.password, found?.username);
    this.redactor.add(found?.identityToken);
    return found;
  }
}

/** A password is shown to the one registry that it is for. */
function onlyHost(environments: readonly Environment[]): string {
  const all = environments.flatMap(({ registries }) => registries.map(({ registry }) => registryHost(registry)));
  const hosts = [...new Set(all)];
  if (hosts.length === 1) {
    return hosts[0]!;
  }
  throw new DockerfileGeneratorError('VALIDATION_ERROR', [
    {
      where: '--password',
      what: `there are several registries that it could be for: ${hosts.join(', ')}`,
      next: 'log in to each with docker login, and give no password here',
    },
  ]);
}

/** A password, and where it is JSON, as that of Composer is, each of those in it; names are none. */
function secretsIn(value: string): string[] {
  const found = [value];
  try {
    JSON.parse(value, (name, item: unknown) => {
      if (typeof item === 'string' && name !== 'username') {
        found.push(item);
      }
      return item;
    });
  } catch {
    // It is a password alone.
  }
  return found;
}

/** Takes the passwords out of the environment of this process. */
function takeSecrets(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of SECRET_VARIABLES) {
    const value = process.env[name];
    if (value !== undefined) {
      found.set(name, value);
      delete process.env[name];
    }
  }
  return found;
}
