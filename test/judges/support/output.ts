import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The repository. */
export const ROOT = join(__dirname, '../../..');

/** The committed reference matrix, or another synthesis of it that JUDGED_OUTPUT names. */
export const OUTPUT = process.env.JUDGED_OUTPUT ?? join(ROOT, 'output');

/** Architectures of the reference matrix. */
export const ARCHITECTURES = ['amd64', 'arm64'] as const;

/** What the tests read of manifest.json. */
export interface ManifestImage {
  readonly path: string;
  readonly php: { readonly version: string };
  readonly platform: { readonly name: string; readonly release: string };
  readonly supervisor: 'overlay' | 'distribution';
  readonly packages: ReadonlyArray<{ readonly name: string; readonly origin: string; readonly certainty: string }>;
  readonly architectures: Readonly<
    Record<
      string,
      {
        readonly base: { readonly reference: string; readonly digest: string; readonly kind: string };
        readonly downloads: ReadonlyArray<{ readonly url: string; readonly sha256: string }>;
      }
    >
  >;
}

/** A build context: its files by path. */
export type Context = ReadonlyMap<string, string>;

/** An image as the judges see it: where it is from does not matter. */
export interface Subject {
  readonly name: string;
  readonly platform: string;
  readonly release: string;
  readonly php: string;
  readonly context: Context;
}

/** The images of manifest.json. */
export function manifestImages(): Array<[name: string, image: ManifestImage]> {
  const manifest = JSON.parse(readFileSync(join(OUTPUT, 'manifest.json'), 'utf8')) as {
    readonly images: Record<string, ManifestImage>;
  };
  return Object.entries(manifest.images);
}

/** Paths of all files below a directory, with `/`, sorted. */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(directory, path)).isFile())
    .sort();
}

/** Reads a build context of the reference matrix. */
export function readContext(image: string, architecture: string): Context {
  const directory = join(OUTPUT, image, architecture);
  return new Map(filesBelow(directory).map((path) => [path, readFileSync(join(directory, path), 'utf8')]));
}

/** The reference matrix, by its amd64 contexts. */
export function referenceSubjects(): Subject[] {
  return manifestImages().map(([name, { platform, php }]) => ({
    name,
    platform: platform.name,
    release: platform.release,
    php: php.version,
    context: readContext(name, 'amd64'),
  }));
}

/** A text that stands in one or many places: judged once. */
export interface DistinctText {
  readonly text: string;
  readonly places: readonly string[];
}

/** Texts, once each. */
export function distinct(texts: Iterable<readonly [place: string, text: string]>): DistinctText[] {
  const places = new Map<string, string[]>();
  for (const [place, text] of texts) {
    places.set(text, [...(places.get(text) ?? []), place]);
  }
  return [...places].map(([text, found]) => ({ text, places: found }));
}

/** All files of the reference matrix whose path matches, by path below `output`. */
export function outputFiles(pattern: RegExp): Array<[path: string, text: string]> {
  return filesBelow(OUTPUT)
    .filter((path) => pattern.test(path))
    .map((path) => [path, readFileSync(join(OUTPUT, path), 'utf8')]);
}

/** A file of the raw facts. They are read here and never through src/catalog. */
export function rawFacts<T>(name: string): T {
  const path = join(ROOT, 'test/fixtures/facts', `${name}.json`);
  if (!existsSync(path)) {
    throw new Error(`${path} is missing: it is a copy of the raw facts`);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
