import { isDeepStrictEqual } from 'node:util';
import type * as Schemas from './manifest';
import { renderManifest } from './manifest-file';
import { writeOutput, type FileSource, type OutputReport } from './write-output';
// Not through the room's index: writing what is rendered already needs no facts.
import { byCodePoint } from '../catalog/order';

type Manifest = Schemas.Manifest;
type ManifestImage = Schemas.ManifestImage;

/** Which part of what was rendered is written. */
export interface PartOptions {
  /** Whether the build context of an image for an architecture is wanted. */
  readonly wants: (image: string, architecture: string) => boolean;
  /** Overwrite generated files that were edited by hand. @default false */
  readonly force?: boolean;
}

/** What was written. */
export interface PartReport extends OutputReport {
  /** Names of the images that were wanted. */
  readonly images: readonly string[];
}

/** Images that are rendered, and their files. */
export interface Rendered {
  readonly manifest: Manifest;
  readonly files: FileSource;
}

/** Writes some of the rendered images, or of their architectures, beside what the output has already. */
export function writePart(
  { manifest, files }: Rendered,
  outdir: string,
  { wants, force = false }: PartOptions,
): PartReport {
  const part = restrict(manifest, wants);
  const reports = Object.entries(manifest.files).filter(([path]) => isReport(path));
  const whole = { ...manifest, files: Object.fromEntries(reports) };
  const report = writeOutput(
    outdir,
    (text) => {
      const earlier = readEarlier(text, part);
      return withReports(merge(earlier, part), earlier, whole);
    },
    files,
    force,
  );
  return { ...report, images: Object.keys(part.images) };
}

/** The manifest on the disk; undefined where there is none that this version understands. */
function readEarlier(text: string | undefined, part: Manifest): Manifest | undefined {
  if (text === undefined || text === renderManifest(part)) {
    return text === undefined ? undefined : part;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where there are images to keep: it is slow to load
  const { manifestSchema } = require('./manifest') as typeof Schemas;
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

type Wants = PartOptions['wants'];

function restrict(manifest: Manifest, wants: Wants): Manifest {
  const images = Object.entries(manifest.images)
    .map(([name, image]) => [name, withArchitectures(image, (architecture) => wants(name, architecture))] as const)
    .filter(([, { architectures }]) => Object.keys(architectures).length > 0);
  const wanted = (path: string) => images.some(([name, image]) => isPartOf(path, name, image, manifest.images[name]!));
  return {
    ...manifest,
    images: Object.fromEntries(images),
    files: Object.fromEntries(Object.entries(manifest.files).filter(([path]) => wanted(path))),
  };
}

/** A file of an image that is not of an architecture that was left out. */
function isPartOf(path: string, name: string, part: ManifestImage, whole: ManifestImage): boolean {
  const leftOut = Object.keys(whole.architectures).filter((architecture) => !part.architectures[architecture]);
  return path.startsWith(`${name}/`) && !leftOut.some((architecture) => path.startsWith(`${name}/${architecture}/`));
}

function withArchitectures(image: ManifestImage, keeps: (architecture: string) => boolean): ManifestImage {
  const kept = Object.entries(image.architectures).filter(([architecture]) => keeps(architecture));
  return { ...image, architectures: Object.fromEntries(kept) };
}

/** What was there, with the part in the place of what it replaces. */
function merge(earlier: Manifest | undefined, part: Manifest): Manifest {
  if (!earlier) {
    return part;
  }
  const added = Object.entries(part.images).map(
    ([name, image]) => [name, joined(image, earlier.images[name])] as const,
  );
  const images = { ...earlier.images, ...Object.fromEntries(added) };
  const kept = Object.entries(earlier.files).filter(([path]) => isKept(path, images, part));
  return {
    ...part,
    images: sorted(images, byCodePoint),
    files: sorted({ ...Object.fromEntries(kept), ...part.files }, byImage),
  };
}

/** With the contexts of other architectures that were there, if they are of the same image. */
function joined(image: ManifestImage, earlier: ManifestImage | undefined): ManifestImage {
  const isSame = earlier && isDeepStrictEqual(bare(image), bare(earlier));
  return isSame
    ? { ...image, architectures: sorted({ ...earlier.architectures, ...image.architectures }, byCodePoint) }
    : image;
}

/** An image but for its architectures, as it is after a way through JSON. */
function bare(image: ManifestImage): unknown {
  return JSON.parse(JSON.stringify({ ...image, architectures: {} }));
}

/** Files of other images, and contexts that the part does not replace. */
function isKept(path: string, images: Manifest['images'], part: Manifest): boolean {
  const [name = '', directory = '', ...below] = path.split('/');
  const replaced = part.images[name];
  if (!replaced) {
    return images[name] !== undefined;
  }
  return below.length > 0 && Boolean(images[name]?.architectures[directory]) && !replaced.architectures[directory];
}

/** A file about all images, which belongs to none. */
function isReport(path: string): boolean {
  return !path.includes('/');
}

/**
 * With the reports that a whole synthesis had written, made anew; without them where the output has images that the
 * tree does not have, of which they would be silent.
 */
function withReports(merged: Manifest, earlier: Manifest | undefined, whole: Manifest): Manifest {
  const hadReports = Object.keys(earlier?.files ?? {}).some(isReport);
  if (!hadReports || Object.keys(merged.images).some((name) => whole.images[name] === undefined)) {
    return merged;
  }
  return { ...merged, files: sorted({ ...whole.files, ...merged.files }, byImage) };
}

/** Images in their order, and their files in theirs, as a whole synthesis has them. */
function byImage(a: string, b: string): number {
  return byCodePoint(a.split('/')[0]!, b.split('/')[0]!) || byCodePoint(a, b);
}

function sorted<T>(record: Readonly<Record<string, T>>, order: (a: string, b: string) => number): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => order(a, b)));
}
