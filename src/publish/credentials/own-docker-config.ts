import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { credentialNames } from '../registry-address';
import type { Credentials } from './credentials';
import { readDockerConfig, type DockerConfig } from './docker-config';
import { isDead } from '../../synth/is-dead';

const PREFIX = 'projen-nginx-php-docker-';

/**
 * A configuration of Docker for the children of this process alone: the person's own, without the credentials that
 * stand in it, and with the password that was given. Builders, contexts, plugins and helpers are still the person's.
 */
export class OwnDockerConfig {
  /** Makes one; what a killed process of this machine left is removed. */
  static create(
    original: string,
    given: { readonly host: string; readonly credentials: Credentials },
    temporary: string = tmpdir(),
  ): OwnDockerConfig {
    sweep(temporary);
    // Only this user can look into it.
    const directory = mkdtempSync(join(temporary, `${PREFIX}${process.pid}-`));
    const config = isolated(readDockerConfig(original), resolve(original), given);
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config, null, 2), { mode: 0o600 });
    const contexts = resolve(original, 'contexts');
    if (existsSync(contexts)) {
      symlinkSync(contexts, join(directory, 'contexts'));
    }
    return new OwnDockerConfig(directory, resolve(original));
  }

  private constructor(
    readonly directory: string,
    private readonly original: string,
  ) {}

  /** Variables for children that use it. */
  get environment(): Readonly<Record<string, string>> {
    const builders = process.env.BUILDX_CONFIG || join(this.original, 'buildx');
    mkdirSync(builders, { recursive: true });
    return { DOCKER_CONFIG: this.directory, BUILDX_CONFIG: builders };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function isolated(
  config: DockerConfig,
  original: string,
  { host, credentials }: { readonly host: string; readonly credentials: Credentials },
): DockerConfig {
  const names = credentialNames(host);
  const auth = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64');
  const others = Object.keys(config.auths ?? {}).map((name) => [name, {}] as const);
  return {
    ...config,
    auths: { ...Object.fromEntries(others), ...Object.fromEntries(names.map((name) => [name, { auth }])) },
    // An empty helper stands before credsStore: for this registry, Docker reads the line above.
    credHelpers: { ...config.credHelpers, ...Object.fromEntries(names.map((name) => [name, ''])) },
    cliPluginsExtraDirs: [join(original, 'cli-plugins'), ...(config.cliPluginsExtraDirs ?? [])],
  };
}

function sweep(temporary: string): void {
  for (const name of readdirSync(temporary).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number.parseInt(name.slice(PREFIX.length), 10);
    if (isDead(pid)) {
      rmSync(join(temporary, name), { recursive: true, force: true });
    }
  }
}
