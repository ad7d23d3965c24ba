import { runCommand, type Run } from './command';
import { LABELS } from './oci/labels';

/** What is said of every image, beside what its Dockerfile says. */
export interface SourceOptions {
  /** Commit; @default - that of CI, or of git */
  readonly revision?: string;
  /** Where the source is; @default - what CI says, or the remote of git */
  readonly source?: string;
  /** @default - none */
  readonly version?: string;
  readonly run?: Run;
}

/** Labels that say which source an image is of. What nobody knows is left out. */
export async function sourceLabels(options: SourceOptions): Promise<Readonly<Record<string, string>>> {
  const run = options.run ?? runCommand;
  const { env } = process;
  const github = env.GITHUB_REPOSITORY && `${env.GITHUB_SERVER_URL ?? 'https://github.com'}/${env.GITHUB_REPOSITORY}`;
  const revision =
    options.revision ?? env.GITHUB_SHA ?? env.CI_COMMIT_SHA ?? (await git(run, 'rev-parse', '--verify', 'HEAD'));
  const source =
    options.source ?? github ?? env.CI_PROJECT_URL ?? withoutUser(await git(run, 'remote', 'get-url', 'origin'));
  const known = [
    [LABELS.revision, revision],
    [LABELS.source, source],
    [LABELS.version, options.version],
  ] as const;
  return Object.fromEntries(known.filter((pair): pair is [(typeof pair)[0], string] => Boolean(pair[1])));
}

async function git(run: Run, ...args: string[]): Promise<string | undefined> {
  const { status, stdout } = await run('git', args);
  return status === 0 ? stdout.trim() : undefined;
}

/** An address that others may read: no path of this machine, and nobody's name or password. */
function withoutUser(address: string | undefined): string | undefined {
  const [, host, path] = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)[:/](.+)$/.exec(address ?? '') ?? [];
  if (host !== undefined) {
    return `https://${host}/${path!.replace(/\.git$/, '')}`;
  }
  if (address === undefined || !URL.canParse(address) || !address.startsWith('https:')) {
    return undefined;
  }
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href.replace(/\.git$/, '');
}
