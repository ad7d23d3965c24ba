import type { Hash } from 'node:crypto';
import { collectPorts, imageParts, type ImageConstruct } from '../image';
import { listingOf, SynthMemory, type LastSynthesis } from './last-synthesis';
import type { Manifest } from './manifest';
import { MANIFEST_FILE, manifestTexts, readWrittenFiles } from './manifest-file';
import { OutputDirectory } from './output-directory';
import { planOutput, sha256OfTexts } from './output-plan';
import { packageIdentity } from './package-identity';
import type { PreparedTree } from './prepare-tree';
import { treeFingerprint } from './tree-fingerprint';
import type { ImageOutline } from './warnings';
import { foreignFiles, isOwnName, WORK_FILES, type OutputReport } from './write-output';

/** Milliseconds in which two changes of a file can have the same time. */
const TICK = 50;

/**
 * The memory for a tree and an output; undefined where nothing can be remembered of them.
 *
 * @param cache directory for what can be lost
 * @param identity of this package; undefined where it runs from its sources
 */
export function memoryOf(
  { root }: PreparedTree,
  outdir: string,
  cache: string,
  identity = packageIdentity(),
): SynthMemory | undefined {
  const fingerprint = identity === undefined ? undefined : treeFingerprint(root);
  return fingerprint === undefined ? undefined : new SynthMemory(cache, outdir, `${identity} ${fingerprint}`);
}

/**
 * What there is to report of an output that this tree was written to before, and that nobody has changed since; undefined
 * where that cannot be said without rendering it. See docs/decisions/0020-unchanged-without-rendering.md.
 */
export function findUnchanged(tree: PreparedTree, outdir: string, memory: SynthMemory): OutputReport | undefined {
  const last = memory.recall();
  if (!last) {
    return undefined;
  }
  const directory = new OutputDirectory(outdir);
  if (WORK_FILES.some((file) => directory.lines(file))) {
    return undefined;
  }
  if (last.listing !== undefined && listingOf(directory, isOwnName).hash === last.listing) {
    return reportOf(tree, directory, last);
  }
  const begin = directory.clock();
  if (!isAsManifestSays(directory, last)) {
    return undefined;
  }
  memory.remember({ ...last, listing: settledListing(directory, last, begin) });
  return reportOf(tree, directory, last);
}

/**
 * Remembers an output that a synthesis has written, or found as it has to be.
 *
 * @param seen a hash of the manifest as it was written, where it was
 */
export function rememberOutput(memory: SynthMemory, report: OutputReport, seen?: Hash): void {
  const { manifest, foreign, writtenCount, unchanged } = report;
  // Of the text, and not of the file: another synthesis may have put its own there.
  const hash = report.drift && seen ? seen.digest('hex') : sha256OfTexts(manifestTexts(manifest));
  memory.remember({ manifest: hash, files: writtenCount + unchanged, foreign });
}

/** Reads every file, and compares it with the manifest, which is the one that was written from this very tree. */
function isAsManifestSays(directory: OutputDirectory, last: LastSynthesis): boolean {
  const lines =
    sha256OfTexts(directory.chunks(MANIFEST_FILE)) === last.manifest ? directory.lines(MANIFEST_FILE) : undefined;
  const files = lines && readWrittenFiles(lines);
  if (!files) {
    return false;
  }
  const { write, edited } = planOutput(directory, files, []);
  const isWhole = write.size + edited.length === 0;
  return isWhole && JSON.stringify(foreignFiles(directory, files)) === JSON.stringify(last.foreign);
}

/** What the system knows of the files; undefined where one of them may have changed, or gone, after it was read. */
function settledListing(
  directory: OutputDirectory,
  last: LastSynthesis,
  begin: number | undefined,
): string | undefined {
  if (begin === undefined) {
    return undefined;
  }
  const { hash, youngest, count } = listingOf(directory, isOwnName);
  const isSettled = youngest + TICK < begin && count === last.files + last.foreign.length + 1;
  return isSettled ? hash : undefined;
}

function reportOf({ images }: PreparedTree, directory: OutputDirectory, last: LastSynthesis): OutputReport {
  return {
    written: [],
    writtenCount: 0,
    removed: [],
    unchanged: last.files,
    foreign: last.foreign,
    drift: false,
    get manifest() {
      return JSON.parse(directory.read(MANIFEST_FILE)!.content.toString()) as Manifest;
    },
    outlines: Object.fromEntries(images.map((image) => [image.node.id, outlineOf(image)])),
  };
}

function outlineOf(image: ImageConstruct): ImageOutline {
  const { release, lifecycle } = image.target;
  return {
    php: { version: image.config.php.version, endOfLife: lifecycle?.securitySupportEnd },
    platform: {
      name: image.platform.name,
      release: release.name,
      endOfLife: release.endOfLife.date,
      extendedSupport: release.endOfLife.extended,
    },
    ports: collectPorts(imageParts(image)),
  };
}
