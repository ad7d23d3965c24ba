import { byCodePoint } from '../catalog';
import { APPLICATION_STAGE } from '../image';
import { objectTexts } from '../model/json-texts';
import type { ReportTexts } from '../report';
import type { ManifestImage } from './manifest';

type Images = Readonly<Record<string, ManifestImage>>;

type Entry = readonly [key: string, value: object];

/** Name of the file in the output directory. */
export const BAKE_FILE = 'docker-bake.json';

/**
 * Every build of the matrix as a bake file: `docker buildx bake -f docker-bake.json GROUP` builds one image for all of
 * its architectures, or `default`, all of them, on any BuildKit builder. What publish adds, labels of the day and
 * pushes by digest, a bake file cannot hold; TAG and REGISTRY are variables of it.
 */
export function bakeFile(images: Images): ReportTexts {
  return { path: BAKE_FILE, texts: { [Symbol.iterator]: () => bakeTexts(images) } };
}

function* bakeTexts(images: Images): Generator<string> {
  const names = Object.keys(images).sort(byCodePoint);
  const byKey = Object.fromEntries(names.map((name) => [bakeName(name), name]));
  yield '{\n  "variable": ';
  yield* objectTexts([
    ['REGISTRY', { default: 'docker.io/library' }],
    ['TAG', { default: 'latest' }],
  ]);
  yield ',\n  "group": ';
  yield* objectTexts(groups(images, names, byKey));
  yield ',\n  "target": ';
  yield* objectTexts(targets(images, names));
  yield '\n}\n';
}

function* groups(images: Images, names: readonly string[], byKey: Readonly<Record<string, string>>): Generator<Entry> {
  for (const [key, name] of Object.entries<string | undefined>({ default: undefined, ...byKey })) {
    yield [key, { targets: name === undefined ? names.map(bakeName) : targetsOf(name, images[name]!).map(targetName) }];
  }
}

function* targets(images: Images, names: readonly string[]): Generator<Entry> {
  for (const name of names) {
    for (const target of targetsOf(name, images[name]!)) {
      yield [targetName(target), describeTarget(target)];
    }
  }
}

/** One build of an image. */
interface BakeTarget {
  readonly name: string;
  readonly architecture: string;
  readonly context: string;
  readonly platform: string;
  readonly application: string | undefined;
}

function targetsOf(name: string, { architectures, application }: ManifestImage): BakeTarget[] {
  return Object.entries(architectures)
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([architecture, { context, platform }]) => ({
      name,
      architecture,
      context,
      platform,
      application: application?.directory,
    }));
}

function describeTarget({ name, architecture, context, platform, application }: BakeTarget): object {
  return {
    context,
    ...(application === undefined ? {} : { contexts: { [APPLICATION_STAGE]: application } }),
    platforms: [platform],
    tags: [`\${REGISTRY}/${name}:\${TAG}-${architecture}`],
    attest: ['type=provenance,mode=max', 'type=sbom'],
  };
}

function targetName({ name, architecture }: { readonly name: string; readonly architecture: string }): string {
  return `${bakeName(name)}_${architecture}`;
}

/**
 * Names of bake have no dots; two images never get the same one, nor that of a target of another, nor that of the group of
 * all. Ids have no capitals, so a capital tells what the underscores alone would not.
 */
function bakeName(id: string): string {
  return id === 'default'
    ? 'Default'
    : id
        .replace(/\.(?=_|(?:amd64|arm64)$)|(?<=_)\./g, 'D')
        .replaceAll('_', '__')
        .replaceAll('.', '_');
}
