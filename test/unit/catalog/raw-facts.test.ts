import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Readonly<Record<string, unknown>>;
type Extensions = Readonly<Record<string, unknown>>;

interface RawAlpinePhp {
  readonly package_prefix: string;
  readonly fpm_package: string;
  readonly fpm_binary: string;
  readonly ini: string;
  readonly extensions: Readonly<Record<string, string | null>>;
  readonly pecl: Readonly<Record<string, { readonly package: string } | null>>;
}

interface OurPhp {
  readonly origin: string;
  readonly packages: { readonly fpm: string; readonly cli: string };
  readonly paths: { readonly fpmBinary: string; readonly fpmIni: string };
  readonly extensions: Extensions;
}

/** Both sides are read as files, so that the reader has no part in the comparison. */
function facts<T = Json>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, '../../fixtures/facts', `${name}.json`), 'utf8')) as T;
}

function ours<T = Json>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, '../../../src/catalog/data', `${name}.json`), 'utf8')) as T;
}

/** The words of the raw facts, in those of the catalogue. */
function meaning(raw: string | null): unknown {
  if (raw === null) return null;
  if (raw.startsWith('builtin')) return true;
  if (raw.startsWith('CLI only')) return 'cli';
  return raw.split(' ')[0];
}

const alpine = facts<{ branches: Record<string, { php: Record<string, RawAlpinePhp> }> }>('alpine').branches;
const alpinePhp = Object.entries(alpine).flatMap(([branch, { php }]) =>
  Object.entries(php).map(([version, raw]) => [branch, version, raw] as const),
);

test.each(alpinePhp)('alpine %s has the packages of PHP %s that its aports have', (branch, version, raw) => {
  const php = ours<{ php: Record<string, OurPhp> }>(`alpine/${branch}`).php[version];
  expect(php?.packages).toEqual({ fpm: raw.fpm_package, cli: raw.package_prefix });
  expect(php?.paths).toMatchObject({ fpmBinary: raw.fpm_binary, fpmIni: raw.ini });
  const expected: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw.pecl)) expected[name] = value && value.package;
  for (const [name, value] of Object.entries(raw.extensions)) expected[name] = meaning(value);
  expect(php?.extensions).toMatchObject(expected);
});

test.each(Object.entries(alpine))('alpine %s has no PHP that its aports do not have', (branch, { php }) => {
  expect(Object.keys(ours<{ php: Json }>(`alpine/${branch}`).php)).toEqual(Object.keys(php));
});

type RawApt = Readonly<Record<string, { readonly extensions: Readonly<Record<string, string | null>> }>>;
const apt = [
  ['debian', 'bookworm', '8.2'],
  ['debian', 'trixie', '8.4'],
  ['ubuntu', '22.04', '8.1'],
  ['ubuntu', '24.04', '8.3'],
  ['ubuntu', '26.04', '8.5'],
] as const;

test.each(apt)('%s %s has the packages of PHP %s that its archive has', (platform, release, version) => {
  const raw = facts<{ releases: RawApt }>(platform).releases[release];
  const php = ours<{ php: Record<string, OurPhp> }>(`${platform}/${release}`).php[version];
  expect(php).toMatchObject({ origin: 'archive', packages: { fpm: `php${version}-fpm`, cli: `php${version}-cli` } });
  const expected = Object.entries(raw?.extensions ?? {}).map(([name, value]) => [name, meaning(value)]);
  expect(php?.extensions).toMatchObject(Object.fromEntries(expected));
});

test.each(apt)('on %s %s every other PHP than %s comes from Surý, by its naming rule', (platform, release, version) => {
  const { php } = ours<{ php: Record<string, OurPhp> }>(`${platform}/${release}`);
  for (const [other, { origin, packages, extensions }] of Object.entries(php)) {
    if (other === version) continue;
    expect(origin).toBe('sury');
    const names = [...Object.values(packages), ...Object.values(extensions)];
    const packageNames = names.filter((name) => typeof name === 'string' && name !== 'cli');
    expect(packageNames.filter((name) => !String(name).startsWith(`php${other}-`))).toEqual([]);
    expect(extensions.json).toBe(other === '7.4' ? 'php7.4-json' : true);
    expect(extensions.opcache).toBe(other === '8.5' ? true : `php${other}-opcache`);
  }
});

test('every digest of a base image stands in the raw facts under its tag', () => {
  const raw = facts<Record<string, Record<string, Json>>>('base-images');
  const files = [
    ...Object.keys(alpine).map((branch) => `alpine/${branch}`),
    ...apt.map(([platform, release]) => `${platform}/${release}`),
  ];
  for (const file of files) {
    const { base } = ours<{ base: { tag: string; digests?: Json; index?: string } }>(file);
    const entry = Object.entries(raw[file.split('/')[0] ?? ''] ?? {}).find(([name]) =>
      name.split(' ').includes(base.tag),
    );
    expect([file, entry?.[0]]).toEqual([file, expect.any(String)]);
    const { amd64, arm64, index_digest: index } = entry?.[1] ?? {};
    expect(base.digests).toEqual(amd64 === null ? undefined : { amd64, arm64 });
    if (base.index !== undefined) expect(base.index).toBe(index);
  }
});

test('the checksums of s6-overlay and the key of Surý stand in the raw facts', () => {
  const { sha256 } = facts<{ sha256: Record<string, { sha256: string }> }>('s6-overlay');
  type Part = { readonly file: string; readonly sha256: string };
  const { noarch, arch } = ours<{ noarch: Part; arch: Record<string, Part> }>('s6-overlay');
  for (const part of [noarch, ...Object.values(arch)]) expect(part.sha256).toBe(sha256[part.file]?.sha256);

  const raw = facts<{ sury: { key_fingerprint: string; apt_gpg_sha256_published: Part } }>('debian').sury;
  const { sury } = ours<{ sury: { key: { fingerprint: string; sha256: string } } }>('repositories');
  expect(sury.key.fingerprint).toBe(raw.key_fingerprint);
  expect(sury.key.sha256).toBe(raw.apt_gpg_sha256_published.sha256);
});

test('support of PHP ends on the days of the raw facts', () => {
  const { versions } = facts<{ versions: Record<string, Json> }>('php-lifecycle');
  const lives = ours<Record<string, Json>>('php-lifecycle');
  expect(Object.keys(lives)).toEqual(Object.keys(versions));
  for (const [php, life] of Object.entries(lives)) {
    expect(life.released).toBe(versions[php]?.ga);
    expect(life.activeSupportEnd).toBe(versions[php]?.active_support_end);
    expect(life.securitySupportEnd).toBe(versions[php]?.security_support_end);
  }
});
