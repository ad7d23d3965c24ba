import type { IConstruct } from 'constructs';
import { applyAspects, lockTree } from '../aspects';
import { byCodePoint } from '../catalog';
import { DockerfileGeneratorError, type Problem } from '../errors';
import { ImageConstruct } from '../image';
import { ComplianceReport } from '../report';
import { assess, RuleSubject, violationsOf, type Assessment } from '../rules';
import { bakeFile } from './bake-file';
import { MANIFEST_SCHEMA_ID, type Manifest, type ManifestFile } from './manifest';
import { sha256 } from './output-plan';
import { renderImage, type OutputFile, type RenderedImage } from './render-image';
import { validateTree } from './validate-tree';
import { checkOutput, writeOutput, type OutputReport } from './write-output';

/** Options of a synthesis. */
export interface SynthOptions {
  /** Write nothing; say what differs. @default false */
  readonly check?: boolean;
  /** Overwrite generated files that were edited by hand. @default false */
  readonly force?: boolean;
}

/** A tree, rendered. */
export interface Assembly {
  readonly manifest: Manifest;
  /** What the rules say of each image, by its name. */
  readonly assessments: readonly Assessment[];
  /** Every file; an image that was too large to keep is rendered again. */
  readonly files: () => Generator<OutputFile>;
}

/** Bytes of rendered files that are kept between checking and writing. */
const SPOOL = 64 * 1024 * 1024;

/**
 * Renders a whole tree and checks it. Nothing is written; all problems are thrown at once.
 */
export function assemble(root: IConstruct): Assembly {
  const problems: Problem[] = prepare(root);
  const images = ImageConstruct.all(root).sort((a, b) => byCodePoint(a.node.id, b.node.id));
  const spool = new Map<string, readonly OutputFile[]>();
  const manifest: Manifest = { $schema: MANIFEST_SCHEMA_ID, version: 1, images: {}, files: {} };
  const violations: Problem[] = [];
  const assessments: Assessment[] = [];
  const report = new ComplianceReport();
  problems.push(...validateTree(root));
  let bytes = 0;
  // What an invalid image would be rendered as says nothing; the others are checked to the end.
  for (const image of images.filter((one) => !problems.some(({ where }) => isWithin(where, one)))) {
    try {
      const rendered = renderImage(image);
      const assessment = assess(toSubject(image, rendered), image);
      assessments.push(assessment);
      report.add(assessment, rendered.manifest, image.target.lifecycle);
      violations.push(...violationsOf(assessment));
      manifest.images[image.node.id] = rendered.manifest;
      for (const file of rendered.files) {
        manifest.files[file.path] = manifestFile(file);
        bytes += file.content.length;
      }
      if (bytes <= SPOOL) {
        spool.set(image.node.id, rendered.files);
      }
    } catch (error) {
      if (!(error instanceof DockerfileGeneratorError)) {
        throw error;
      }
      problems.push(...error.details.map((problem) => within(image, problem)));
    }
  }
  if (problems.length + violations.length > 0) {
    const type = problems.length > 0 ? 'VALIDATION_ERROR' : 'SECURITY_ERROR';
    throw new DockerfileGeneratorError(type, [...problems, ...violations]);
  }
  const reports = [
    ...report.files().map((file): OutputFile => ({ ...file, executable: false })),
    bakeFile(manifest.images),
  ];
  const reported = reports.map((file) => [file.path, manifestFile(file)] as const);
  const listed = [...reported, ...Object.entries(manifest.files)].sort(([a], [b]) =>
    byCodePoint(a.split('/')[0]!, b.split('/')[0]!),
  );
  return {
    manifest: { ...manifest, files: Object.fromEntries(listed) },
    assessments,
    files: function* () {
      yield* reports;
      for (const image of images) {
        yield* spool.get(image.node.id) ?? renderAgain(image, manifest);
      }
    },
  };
}

/** Renders an image once more; what was not judged in these very bytes is not written. */
function renderAgain(image: ImageConstruct, { files: judged }: Manifest): readonly OutputFile[] {
  const { files } = renderImage(image);
  const changed = files.filter((file) => judged[file.path]?.sha256 !== sha256(file.content));
  if (changed.length > 0) {
    const problems = changed.map(({ path }) => ({
      where: image.node.path,
      what: `${path} was rendered otherwise than it was judged`,
      why: 'what renders a file gives the same text each time, or the rules have seen something else than is built',
      next: 'mend the construct, or the change of a text (patchFile), that counts its calls or looks at what changes',
    }));
    throw new DockerfileGeneratorError('SECURITY_ERROR', problems);
  }
  return files;
}

/** Phase 1: the aspects; then no image is changed any more. */
function prepare(root: IConstruct): Problem[] {
  const problems = applyAspects(root);
  lockTree(root);
  return problems;
}

/** The files of an image as the rules look at them. */
function toSubject(image: ImageConstruct, { files, manifest }: RenderedImage): RuleSubject {
  const below = files.map((file) => ({ ...file, path: file.path.slice(image.node.id.length + 1) }));
  return new RuleSubject(image.node.id, manifest, below);
}

function manifestFile(file: OutputFile): ManifestFile {
  const hash = sha256(file.content);
  return file.executable ? { sha256: hash, executable: true } : { sha256: hash };
}

function isWithin(where: string, image: ImageConstruct): boolean {
  return where === image.node.path || where.startsWith(`${image.node.path}/`);
}

function within(image: ImageConstruct, problem: Problem): Problem {
  return isWithin(problem.where, image) ? problem : { ...problem, where: `${image.node.path} (${problem.where})` };
}

/** Synthesizes a tree into a directory. */
export function synthesize(root: IConstruct, outdir: string, options: SynthOptions = {}): OutputReport {
  const { manifest, files } = assemble(root);
  return options.check ? checkOutput(outdir, manifest) : writeOutput(outdir, manifest, files, options.force ?? false);
}
