/**
 * Checks the catalogue's own consistency: `npm run catalog:check`. Lists everything that is wrong, and exits 1.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Catalog, type CatalogReader } from '../src/catalog/catalog';
import { problemsOf } from '../src/catalog/consistency';

const DATA = join(__dirname, '..', 'src', 'catalog', 'data');

/** Files beside the directories of the platforms. */
const COMMON = [
  'ci',
  'composer',
  'nginx-directives',
  'php-lifecycle',
  'php-settings',
  'platforms',
  'repositories',
  's6-overlay',
  'unwanted-packages',
];

function main(): void {
  const catalog = Catalog.shipped();
  const problems = [...fileProblems(catalog), ...nginxProblems(), ...problemsOf(withoutMissingFiles(catalog))];
  for (const problem of problems) console.error(problem);
  const releases = catalog.platforms.flatMap((platform) => catalog.platform(platform)?.releases ?? []);
  if (problems.length === 0) {
    console.log(
      `Catalogue: ${catalog.platforms.length} platforms, ${releases.length} releases, ` +
        `PHP ${catalog.phpVersions.join(', ')}: consistent.`,
    );
  } else {
    console.error(`Catalogue: ${problems.length} problem(s).`);
    process.exitCode = 1;
  }
}

/** The catalogue, in which a release without a file has no facts, so that the check goes on past it. */
function withoutMissingFiles(catalog: Catalog): CatalogReader {
  const release: CatalogReader['release'] = (platform, name) =>
    existsSync(join(DATA, platform, `${name}.json`)) ? catalog.release(platform, name) : undefined;
  return Object.create(catalog, { release: { value: release } }) as CatalogReader;
}

/** Every file is listed, and every listed file exists and is written as a formatter would write it. */
function fileProblems(catalog: Catalog): string[] {
  const listed = [
    ...COMMON.map((name) => `${name}.json`),
    ...catalog.platforms.flatMap((platform) =>
      ['index', ...(catalog.platform(platform)?.releases ?? [])].map((name) => `${platform}/${name}.json`),
    ),
  ];
  const found = readdirSync(DATA, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(DATA.length + 1));
  return [
    ...found.filter((file) => !listed.includes(file)).map((file) => `${file}: no index lists it`),
    ...listed.filter((file) => !found.includes(file)).map((file) => `${file}: is listed and does not exist`),
    ...found.filter((file) => !isFormatted(file)).map((file) => `${file}: is not JSON indented by two spaces`),
  ];
}

function isFormatted(file: string): boolean {
  const text = readFileSync(join(DATA, file), 'utf8');
  return text === `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
}

function nginxProblems(): string[] {
  const text = readFileSync(join(DATA, 'nginx-directives.json'), 'utf8');
  const { _sources: sources, ...directives } = JSON.parse(text) as Record<string, unknown>;
  return [
    ...(Array.isArray(sources) && sources.length > 0 ? [] : ['nginx-directives.json: has no _sources']),
    ...Object.entries(directives)
      .filter(([name, since]) => !/^[a-z0-9_]+$/.test(name) || !/^(0|\d+\.\d+\.\d+)$/.test(String(since)))
      .map(([name]) => `nginx-directives.json: ${name}: is no directive with a version or "0"`),
  ];
}

main();
