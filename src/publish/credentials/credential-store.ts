import { runCommand, type Run } from '../command';
import { credentialNames } from '../registry-address';
import type { Credentials } from './credentials';
import type { DockerConfig } from './docker-config';

/** Under this name helpers keep a token in the place of a password. */
const TOKEN_USER = '<token>';

/** What Docker knows of a registry: its credential helpers are asked, then what stands in its configuration. */
export async function findCredentials(
  host: string,
  config: DockerConfig,
  run: Run = runCommand,
): Promise<Credentials | undefined> {
  for (const name of credentialNames(host)) {
    const helper = config.credHelpers?.[name] ?? config.credsStore;
    const found = helper ? await askHelper(helper, name, run) : readInline(config, name);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

async function askHelper(helper: string, server: string, run: Run): Promise<Credentials | undefined> {
  const result = await run(`docker-credential-${helper}`, ['get'], { input: server, timeout: 60_000 });
  if (result.status !== 0) {
    return undefined;
  }
  try {
    const { Username: username, Secret: password } = JSON.parse(result.stdout) as { Username: string; Secret: string };
    return username === TOKEN_USER ? { username: '', password: '', identityToken: password } : { username, password };
  } catch {
    return undefined;
  }
}

function readInline(config: DockerConfig, name: string): Credentials | undefined {
  const { auth, identitytoken: identityToken } = config.auths?.[name] ?? {};
  if (!auth) {
    return identityToken ? { username: '', password: '', identityToken } : undefined;
  }
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { username: text.slice(0, colon), password: text.slice(colon + 1), identityToken };
}
