import { DockerfileGeneratorError } from '../errors';
import type { ProjectSettings } from './project-settings';
import { warn } from './terminal';
import { findEnvironment, parseEnvironment, type Environment } from '../publish/environment';
import { DOCKER_HUB, isLoopback, registryHost } from '../publish/registry-address';

/** Options of the commands that publish, as the command line gives them. */
export interface PublishCommandOptions {
  readonly names?: readonly string[];
  readonly output: string;
  readonly state: string;
  readonly environment?: string;
  readonly registry?: readonly string[];
  readonly namespace?: string;
  readonly php?: string;
  readonly platform?: string;
  readonly arch?: string;
  readonly tag: string;
  readonly username?: string;
  readonly password?: string;
  readonly passwordStdin?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly maxAge?: string;
  readonly rebuild?: boolean;
  readonly refresh?: boolean;
  readonly builder?: readonly string[];
  readonly buildContext?: readonly string[];
  readonly network?: string;
  readonly cache?: boolean;
  readonly jobs?: number;
  readonly shard?: string;
  readonly logFormat?: string;
  readonly receipt?: string;
  /** File of the audit log. */
  readonly auditLog?: string;
  readonly revision?: string;
  readonly push?: boolean;
  readonly manifest?: boolean;
  readonly remove?: boolean;
}

/** Where the images of a command go. */
export function environmentOf(
  options: PublishCommandOptions,
  settings: ProjectSettings,
): { readonly name: string; readonly settings: Environment } {
  const name = options.environment ?? 'default';
  const base = options.environment ? findEnvironment(name, settings.environments) : defaultEnvironment(options);
  const registries = options.registry?.map((registry) => ({ registry })) ?? base.registries;
  const user = options.username ?? process.env.REGISTRY_USERNAME;
  const filled = registries.map((item) => ({
    ...item,
    namespace:
      options.namespace ??
      (item as { readonly namespace?: string }).namespace ??
      (registryHost(item.registry) === DOCKER_HUB ? user : undefined),
  }));
  if (options.push !== false && filled.some((item) => registryHost(item.registry) === DOCKER_HUB && !item.namespace)) {
    throw usage('--namespace', 'Docker Hub keeps images under a user or an organisation, and none is named', [
      'give --namespace NAME, or --username',
    ]);
  }
  return { name, settings: { ...base, registries: filled } };
}

/** One or several registries without a name: a scanner is asked before anything leaves this machine. */
function defaultEnvironment({ registry = [DOCKER_HUB] }: PublishCommandOptions): Environment {
  const local = registry.every((host) => isLoopback(registryHost(host)));
  return parseEnvironment(
    { registries: registry.map((host) => ({ registry: host })), ...(local ? {} : { scan: {} }) },
    'default environment',
  );
}

/** Name and password, where they were given; the command line is the worst of the ways. */
export async function credentialsOf(
  options: PublishCommandOptions,
): Promise<{ readonly username: string; readonly password: string } | undefined> {
  const username = options.username ?? process.env.REGISTRY_USERNAME;
  const password = options.passwordStdin
    ? await (await import('./read-password')).readPassword()
    : (options.password ?? process.env.REGISTRY_PASSWORD);
  if (options.password !== undefined) {
    warn('--password can be read by everybody on this machine, and in its history: use --password-stdin');
  }
  if (!password) {
    return undefined;
  }
  if (!username) {
    throw usage('--username', 'a password was given, and no user', ['give --username, or REGISTRY_USERNAME']);
  }
  return { username, password };
}

/** Milliseconds of `7d`, `12h`, `30m`. */
export function parseAge(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(d|h|m)$/.exec(text) ?? [];
  const sizes: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000 };
  if (number === undefined) {
    throw usage('--max-age', `${JSON.stringify(text)} is no age`, ['write 7d, 12h or 30m']);
  }
  return Number(number) * sizes[unit!]!;
}

/** `2/5`: the second of five machines. */
export function parseShard(text: string | undefined): { readonly index: number; readonly count: number } | undefined {
  if (text === undefined) {
    return undefined;
  }
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (!index || !count || index > count) {
    throw usage('--shard', `${JSON.stringify(text)} is no part of a whole`, ['write 1/4, 2/4 and so on']);
  }
  return { index, count };
}

/** `arm64=NAME` and NAME. */
export function parseBuilders(given: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((text) => {
      const [, architecture = '', name = ''] = /^(?:([a-z0-9]+)=)?(.+)$/.exec(text) ?? [];
      return [architecture, name];
    }),
  );
}

function usage(where: string, what: string, [next = '']: readonly string[]): DockerfileGeneratorError {
  return new DockerfileGeneratorError('VALIDATION_ERROR', [{ where, what, next }]);
}
