import type { NginxPhpProjectOptions } from './nginx-php-project-options';

/** Path of the workflow that publishes: a part of the identity that signs. */
export const WORKFLOW = '.github/workflows/images.yml';

/** Who vouches for the identity of a workflow of GitHub. */
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** A registry of this machine, where nothing else is known. */
const LOCAL = '127.0.0.1:5000';

/** The environment `production` of package.json: where images go, that they are scanned, and who signs them. */
export function productionEnvironment(
  options: Pick<NginxPhpProjectOptions, 'imageRegistry' | 'repository' | 'defaultReleaseBranch'>,
  ci: readonly string[],
): Readonly<Record<string, unknown>> {
  const forge = /^(?:git\+)?https:\/\/github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(options.repository ?? '')?.[1];
  const given = options.imageRegistry ?? (ci.includes('github') ? defaultRegistry(forge) : LOCAL);
  const [registry = '', ...namespace] = given.split('/');
  const sign = ci.includes('github') &&
    forge !== undefined && {
      identity: `https://github.com/${forge}/${WORKFLOW}@refs/heads/${options.defaultReleaseBranch}`,
      issuer: GITHUB_ISSUER,
    };
  return {
    registries: [{ registry, ...(namespace.length > 0 ? { namespace: namespace.join('/') } : {}) }],
    scan: {},
    ...(sign ? { sign } : {}),
  };
}

function defaultRegistry(forge: string | undefined): string {
  const owner = forge?.split('/')[0]?.toLowerCase();
  return owner === undefined ? 'ghcr.io' : `ghcr.io/${owner}`;
}
