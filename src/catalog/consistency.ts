import type { CatalogReader } from './catalog';
import { type PhpFacts, type PlatformFacts, type ReleaseFacts, type SystemPackageFacts, ARCHITECTURES } from './facts';
import { own } from './order';
import { Problems } from './problems';

/**
 * What is wrong with a catalogue in itself, all at once; nothing, if it is sound. Each problem begins with the place.
 *
 * For the shipped facts and for those that people lay over them.
 */
export function problemsOf(catalog: CatalogReader): readonly string[] {
  const problems = new Problems();
  for (const php of catalog.phpVersions) checkLifecycle(catalog, php, problems.at(`php ${php}`));
  for (const name of catalog.platforms) {
    const platform = catalog.platform(name);
    if (platform === undefined) problems.at(name).add('is listed and has no facts');
    else checkPlatform(catalog, name, platform, problems.at(name));
  }
  checkS6Overlay(catalog, problems.at('s6-overlay'));
  checkComposer(catalog, problems.at('composer'));
  return problems.list;
}

function checkLifecycle(catalog: CatalogReader, php: string, problems: Problems): void {
  const life = catalog.lifecycle(php);
  if (life === undefined) return problems.add('is listed and has no lifecycle');
  problems.sourced(life);
  problems.dates({
    released: life.released,
    activeSupportEnd: life.activeSupportEnd,
    securitySupportEnd: life.securitySupportEnd,
  });
}

function checkPlatform(catalog: CatalogReader, name: string, platform: PlatformFacts, problems: Problems): void {
  if (platform.name !== name) problems.add(`calls itself '${platform.name}'`);
  if (!['apk', 'apt'].includes(platform.family)) problems.add(`family '${platform.family}' is neither apk nor apt`);
  if (new Set(platform.releases).size !== platform.releases.length) problems.add('lists a release twice');
  const ends: Record<string, string> = {};
  for (const release of platform.releases) {
    const facts = catalog.release(name, release);
    if (facts === undefined) problems.add(`lists the release ${release}, which has no facts`);
    else checkRelease(catalog, release, facts, problems.at(release));
    if (facts !== undefined) ends[`end of life of ${release}`] = facts.endOfLife.date;
  }
  problems.dates(ends);
  if (platform.conflicts !== undefined) problems.at('conflicts').sourced(platform.conflicts);
  for (const [php, release] of Object.entries(platform.defaultRelease)) {
    const facts = catalog.release(name, release);
    if (facts === undefined) problems.add(`the default release ${release} of PHP ${php} does not exist`);
    else if (own(facts.php, php) === undefined) problems.add(`the default release ${release} lacks PHP ${php}`);
  }
}

function checkRelease(catalog: CatalogReader, name: string, facts: ReleaseFacts, problems: Problems): void {
  if (facts.name !== name) problems.add(`calls itself '${facts.name}'`);
  const { endOfLife, base, nginx, s6, composer, system } = facts;
  problems.at('endOfLife').sourced(endOfLife);
  problems.at('endOfLife').dates({ date: endOfLife.date, ...(endOfLife.extended && { extended: endOfLife.extended }) });

  problems.at('base').sourced(base);
  if (base.digests === undefined && base.index === undefined) problems.at('base').add('has no digest at all');
  if (base.index !== undefined) problems.at('base').digest('index', base.index);
  if (base.digests !== undefined) {
    for (const arch of ARCHITECTURES) problems.at('base').digest(arch, base.digests[arch]);
  }

  problems.at('nginx').sourced(nginx);
  problems.at('nginx').version(nginx.version);
  problems.at('nginx').packages([nginx.package, ...nginx.brotli]);

  if (s6 !== undefined) {
    problems.at('s6').sourced(s6);
    problems.at('s6').packages(s6.packages);
    problems.at('s6').absolute(s6.binDirs);
    if (s6.version !== undefined) problems.at('s6').version(s6.version);
  }

  if (composer !== undefined) {
    problems.at('composer').sourced(composer);
    problems.at('composer').packages([composer.package]);
    problems.at('composer').absolute([composer.path]);
    if (composer.version !== undefined) problems.at('composer').version(composer.version);
  }

  checkSystem(system, problems.at('system'));
  for (const [php, phpFacts] of Object.entries(facts.php)) checkPhp(catalog, php, phpFacts, problems.at(`php ${php}`));
}

function checkSystem({ carried, unpackers, files = [], installOnly }: SystemPackageFacts, problems: Problems): void {
  const packages = [...carried, ...unpackers].map(({ name }) => name);
  problems.packages([...packages, ...Object.keys(installOnly)]);
  problems.absolute(files.map(({ path }) => path));
  for (const item of [...carried, ...unpackers, ...files]) {
    const at = problems.at('name' in item ? item.name : item.path);
    at.sourced(item);
    if (item.purpose.trim() === '') at.add('has no purpose');
  }
  for (const [name, reason] of Object.entries(installOnly)) {
    if (carried.some((item) => item.name === name)) problems.at(name).add('is carried and installOnly');
    if (reason.trim() === '') problems.at(name).add('has no reason for being left out');
  }
}

function checkPhp(catalog: CatalogReader, version: string, php: PhpFacts, problems: Problems): void {
  if (!catalog.phpVersions.includes(version)) problems.add('has no lifecycle');
  problems.sourced(php);
  if (php.extensionsCertainty !== undefined) problems.certainty(php.extensionsCertainty);
  if (php.origin !== 'archive') checkRepository(catalog, php.origin, problems.at(php.origin));
  problems.packages(Object.values(php.packages));
  problems.absolute(Object.values(php.paths));
  for (const [extension, found] of Object.entries(php.extensions)) {
    if (!/^[a-z][a-z0-9_]*$/.test(extension)) problems.add(`'${extension}' is no extension name in lower case`);
    if (typeof found === 'string') problems.at(extension).packages(found === 'cli' ? [] : [found]);
    else if (found !== true && found !== null) problems.at(extension).add('is neither a package, true, "cli" nor null');
  }
}

function checkRepository(catalog: CatalogReader, name: string, problems: Problems): void {
  const repository = catalog.repository(name);
  if (repository === undefined) return problems.add('is the origin, and the catalogue has no such repository');
  const { key, url, pin } = repository;
  problems.sourced(repository);
  problems.at('key').sourced(key);
  problems.at('key').sha256(key.sha256);
  problems.at('key').dates({ expires: key.expires });
  if (!/^[0-9A-F]{40}$/.test(key.fingerprint)) problems.at('key').add('the fingerprint is not 40 hexadecimal digits');
  for (const address of [url, key.url]) {
    if (!address.startsWith('https://')) problems.add(`${address} is not https`);
  }
  if (pin.length === 0) problems.add('pins no package, so that it could replace any');
}

function checkS6Overlay({ s6Overlay }: CatalogReader, problems: Problems): void {
  problems.sourced(s6Overlay);
  problems.version(s6Overlay.version);
  if (!s6Overlay.url.startsWith('https://')) problems.add(`${s6Overlay.url} is not https`);
  for (const part of [s6Overlay.noarch, ...ARCHITECTURES.map((arch) => s6Overlay.arch[arch])]) {
    problems.at(part.file).sha256(part.sha256);
  }
}

function checkComposer({ composer }: CatalogReader, problems: Problems): void {
  problems.sourced(composer);
  problems.version(composer.version);
  problems.sha256(composer.sha256);
  if (!composer.url.startsWith('https://')) problems.add(`${composer.url} is not https`);
}
