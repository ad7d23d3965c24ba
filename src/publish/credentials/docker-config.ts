import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The part of Docker's config.json that is read; the rest is kept as it is. */
export interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly cliPluginsExtraDirs?: readonly string[];
  readonly [other: string]: unknown;
}

/** Where Docker's configuration of this person is. */
export function dockerConfigDirectory(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return environment.DOCKER_CONFIG || join(homedir(), '.docker');
}

/** Docker's configuration in a directory; empty where there is none. */
export function readDockerConfig(directory: string): DockerConfig {
  try {
    return JSON.parse(readFileSync(join(directory, 'config.json'), 'utf8')) as DockerConfig;
  } catch {
    return {};
  }
}
