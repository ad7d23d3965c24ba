/**
 * Checks the Debian part of the catalogue against the live archive: `npm run catalog:debian`. Every package that is
 * said to come from the archive has to be there, in its suite, for each architecture. Lists all that are missing, and
 * exits 1.
 *
 * Works with apt in a directory of its own, from the mirror and the proxy that the machine uses, and changes nothing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalog } from '../src/catalog/catalog';
import { ARCHITECTURES, type Architecture, type ReleaseFacts } from '../src/catalog/facts';
import { byCodePoint } from '../src/catalog/order';

const PLATFORM = 'debian';

/** Where the machine gets Debian from. */
interface Mirror {
  readonly uri: string;
  readonly signedBy?: string;
}

function main(): void {
  const catalog = Catalog.shipped();
  const mirrors = { main: findMirror(/\/debian\/?$/), security: findMirror(/\/debian-security\/?$/) };
  if (mirrors.main === undefined) throw new Error('No mirror of Debian in /etc/apt: run this on a Debian machine.');
  const missing: string[] = [];
  let checked = 0;
  const releases = catalog.platform(PLATFORM)?.releases ?? [];
  for (const suite of releases) {
    const facts = catalog.release(PLATFORM, suite);
    if (facts === undefined) throw new Error(`The catalogue has no facts of ${PLATFORM} ${suite}.`);
    const sources = [
      sourceLine(mirrors.main, suite),
      sourceLine(mirrors.main, `${suite}-updates`),
      ...(mirrors.security ? [sourceLine(mirrors.security, `${suite}-security`)] : []),
    ];
    for (const architecture of ARCHITECTURES) {
      const available = packagesOf(sources, architecture);
      const named = archivePackages(facts);
      checked += named.length;
      missing.push(...named.filter((name) => !available.has(name)).map((name) => `${suite} ${architecture}: ${name}`));
    }
  }
  for (const name of missing) console.error(`${name} is not in the archive`);
  console.log(
    `Debian: ${checked} package names of ${releases.join(', ')} on ${ARCHITECTURES.join(', ')} checked, ` +
      `${missing.length} missing.`,
  );
  if (missing.length > 0) process.exitCode = 1;
}

/** Names of a release that have to be in the distribution's archive. */
function archivePackages({ nginx, s6, system, php }: ReleaseFacts): readonly string[] {
  const fromPhp = Object.values(php)
    .filter(({ origin }) => origin === 'archive')
    .flatMap(({ packages, extensions }) => [...Object.values(packages), ...Object.values(extensions)])
    .filter((name): name is string => typeof name === 'string' && name !== 'cli');
  const names = [
    nginx.package,
    ...nginx.brotli,
    ...(s6?.packages ?? []),
    ...[...system.carried, ...system.unpackers].map(({ name }) => name),
    ...Object.keys(system.installOnly),
    ...fromPhp,
  ];
  return [...new Set(names)].sort(byCodePoint);
}

/** Names of the packages that apt finds in the given sources, and nowhere else. */
function packagesOf(sources: readonly string[], architecture: Architecture): ReadonlySet<string> {
  const dir = mkdtempSync(join(tmpdir(), 'catalog-debian-'));
  try {
    for (const sub of ['lists/partial', 'cache/archives/partial', 'parts']) {
      mkdirSync(join(dir, sub), { recursive: true });
    }
    writeFileSync(join(dir, 'status'), '');
    writeFileSync(join(dir, 'sources.list'), `${sources.join('\n')}\n`);
    const own: Readonly<Record<string, string>> = {
      'Dir::Etc::main': '/dev/null',
      'Dir::Etc::parts': join(dir, 'parts'),
      'Dir::Etc::sourcelist': join(dir, 'sources.list'),
      'Dir::Etc::sourceparts': join(dir, 'parts'),
      'Dir::Etc::preferences': '/dev/null',
      'Dir::Etc::preferencesparts': join(dir, 'parts'),
      'Dir::State': dir,
      'Dir::State::status': join(dir, 'status'),
      'Dir::State::lists': join(dir, 'lists'),
      'Dir::Cache': join(dir, 'cache'),
      'APT::Architecture': architecture,
      'APT::Architectures': architecture,
      'APT::Sandbox::User': 'root',
      'APT::Update::Error-Mode': 'any',
      'Acquire::Languages': 'none',
    };
    const config = join(dir, 'apt.conf');
    writeFileSync(
      config,
      [...proxies(), ...Object.entries(own).map(([key, value]) => `${key} "${value}";`), ''].join('\n'),
    );
    const env = { ...process.env, APT_CONFIG: config, LC_ALL: 'C' };
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const names = execFileSync('apt-cache', ['pkgnames'], { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    return new Set(names.split('\n').filter((name) => name !== ''));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The machine's proxies, as lines of apt's configuration. */
function proxies(): readonly string[] {
  const dump = execFileSync('apt-config', ['dump'], { encoding: 'utf8' });
  return dump.split('\n').filter((line) => /^Acquire::https?::(.*::)?Proxy\b/i.test(line));
}

function sourceLine({ uri, signedBy }: Mirror, suite: string): string {
  return `deb ${signedBy ? `[signed-by=${signedBy}] ` : ''}${uri} ${suite} main`;
}

/** The first source of the machine whose address ends so, in either format of apt. */
function findMirror(address: RegExp): Mirror | undefined {
  const parts = '/etc/apt/sources.list.d';
  const files = [
    ...(existsSync(parts)
      ? readdirSync(parts)
          .sort(byCodePoint)
          .map((f) => join(parts, f))
      : []),
  ];
  const mirrors = ['/etc/apt/sources.list', ...files]
    .filter((file) => existsSync(file))
    .flatMap((file) => readMirrors(readFileSync(file, 'utf8'), file.endsWith('.sources')));
  return mirrors.find(({ uri }) => address.test(uri));
}

function readMirrors(text: string, deb822: boolean): readonly Mirror[] {
  if (!deb822) {
    return [...text.matchAll(/^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s/gm)].map(([, options = '', uri = '']) => ({
      uri,
      signedBy: /signed-by=(\S+)/.exec(options)?.[1],
    }));
  }
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string) => new RegExp(`^${name}:[ \\t]*(\\S.*)$`, 'im').exec(stanza)?.[1];
    return (field('URIs')?.split(/\s+/) ?? []).map((uri) => ({ uri, signedBy: field('Signed-By') }));
  });
}

main();
