import { rawFacts } from './output';

/** How well a name is known: `seen` stands in a source for this release, `inferred` is concluded. */
export type Knowledge = 'seen' | 'inferred';

interface RawAlpine {
  readonly branches: Record<
    string,
    {
      readonly nginx: { readonly dynamic_module_packages: readonly string[] };
      readonly s6: Record<string, unknown>;
      readonly php: Record<
        string,
        {
          readonly package_prefix: string;
          readonly fpm_package: string;
          readonly extensions: Record<string, string | null>;
          readonly pecl: Record<string, { readonly package: string } | null>;
          readonly other_packages: readonly string[];
        }
      >;
    }
  >;
}

interface RawDebian {
  readonly releases: Record<
    string,
    {
      readonly php: string;
      readonly nginx: object;
      readonly s6: string;
      readonly execline: string;
      readonly extensions?: Record<string, string | null>;
    }
  >;
  readonly conventions: { readonly fpm_depends: string };
}

interface RawUbuntu {
  readonly releases: Record<
    string,
    {
      readonly php_default: string;
      readonly php_packages_seen: string;
      readonly extension_certainty?: string;
      readonly extensions: Record<string, string | null>;
    }
  >;
}

type Supplement = Record<
  string,
  Record<string, Record<string, { readonly certainty: string; readonly source: string }>>
>;

/** The names of packages that the raw facts give for a release and a PHP version. */
export function knownPackages(platform: string, release: string, php: string): Map<string, Knowledge> {
  const known = new Map<string, Knowledge>();
  const add = (names: Iterable<string>, how: Knowledge) => {
    for (const name of names) if (known.get(name) !== 'seen') known.set(name, how);
  };
  for (const [name, { certainty }] of Object.entries(supplement()[platform]?.[release] ?? {})) {
    add([name], certainty === 'VERIFIED' ? 'seen' : 'inferred');
  }
  if (platform === 'alpine') add(ofAlpine(release, php), 'seen');
  if (platform === 'debian') add(ofDebian(release, php), 'seen');
  if (platform === 'ubuntu') {
    add(['nginx', 's6', 'execline'], 'seen');
    add(seenInUbuntu(release, php), 'seen');
    add(extensionsOfUbuntu(release, php), 'inferred');
  }
  if (platform !== 'alpine') add(bySurysRule(platform, release, php), 'inferred');
  return known;
}

/** What the raw facts lack, with a source each. */
export function supplement(): Supplement {
  const { _meta, ...platforms } = rawFacts<Supplement>('supplement');
  return platforms;
}

function ofAlpine(release: string, php: string): string[] {
  const branch = rawFacts<RawAlpine>('alpine').branches[release]!;
  const facts = branch.php[php];
  return [
    'nginx',
    ...branch.nginx.dynamic_module_packages,
    ...Object.keys(branch.s6),
    ...(facts
      ? [
          facts.package_prefix,
          facts.fpm_package,
          ...Object.values(facts.extensions).flatMap(packageOf),
          ...Object.values(facts.pecl).flatMap((item) => (item ? [item.package] : [])),
          ...facts.other_packages,
        ]
      : []),
  ];
}

/** `php8.4-xml` of "php8.4-xml (a remark)"; nothing of "builtin" and "CLI only". */
function packageOf(value: string | null): string[] {
  const [name] = (value ?? '').split(' ');
  return /^php[\d.]*-/.test(name ?? '') ? [name!] : [];
}

function ofDebian(release: string, php: string): string[] {
  const { releases, conventions } = rawFacts<RawDebian>('debian');
  const facts = releases[release]!;
  const always = ['nginx', 's6', 'execline'];
  if (facts.php !== php) {
    return always;
  }
  const depends = conventions.fpm_depends.match(/phpX\.Y-\w+/g)!.map((name) => name.replace('X.Y', php));
  return [...always, ...depends, ...Object.values(facts.extensions ?? {}).flatMap(packageOf)];
}

/** `php8.1-{amqp,apcu,...}`; 24.04 has "same set as 22.04 with php8.3- prefix". */
function seenInUbuntu(release: string, php: string): string[] {
  const { releases } = rawFacts<RawUbuntu>('ubuntu');
  const facts = releases[release]!;
  if (facts.php_default !== php) {
    return [];
  }
  const [, same] = /^same set as (\S+) with/.exec(facts.php_packages_seen) ?? [];
  const [, list] = /php[\d.]+-\{([^}]*)\}/.exec(releases[same ?? release]!.php_packages_seen)!;
  return list!.split(',').map((name) => `php${php}-${name}`);
}

function extensionsOfUbuntu(release: string, php: string): string[] {
  const { php_default: own, extensions } = rawFacts<RawUbuntu>('ubuntu').releases[release]!;
  return own === php ? Object.values(extensions).flatMap(packageOf) : [];
}

/**
 * Surý names a package `php<version>-<name>`, with the names of Debian, for every version that the distribution does
 * not have itself; `json` is a package before PHP 8.0, `opcache` is none from 8.5 on.
 */
function bySurysRule(platform: string, release: string, php: string): string[] {
  const own =
    platform === 'debian'
      ? rawFacts<RawDebian>('debian').releases[release]!.php
      : rawFacts<RawUbuntu>('ubuntu').releases[release]!.php_default;
  if (own === php) {
    return [];
  }
  const packages = Object.values(rawFacts<RawDebian>('debian').releases).flatMap(({ extensions }) =>
    Object.values(extensions ?? {}).flatMap(packageOf),
  );
  const names = new Set(['cli', 'common', 'fpm', ...packages.map((name) => name.replace(/^php[\d.]*-/, ''))]);
  if (Number(php) < 8) names.add('json');
  if (Number(php) >= 8.5) names.delete('opcache');
  return [...names].map((name) => `php${php}-${name}`);
}

/** Every package name that any of the raw facts gives, without those that belong to a PHP version. */
export function systemPackageNames(): Set<string> {
  const names = Object.values(supplement()).flatMap((releases) =>
    Object.values(releases).flatMap((packages) => Object.keys(packages)),
  );
  const alpine = Object.values(rawFacts<RawAlpine>('alpine').branches).flatMap(({ nginx, s6 }) => [
    ...nginx.dynamic_module_packages,
    ...Object.keys(s6),
  ]);
  return new Set([...names, ...alpine, 'nginx', 's6', 'execline'].filter((name) => !/^php[\d.]*(?:-|$)/.test(name)));
}
