import type { IConstruct } from 'constructs';
import { byCodePoint } from '../catalog';
import { DockerfileGeneratorError, type ErrorType, type Problem } from '../errors';
import { ImageConstruct } from '../image';
import { ComplianceReport } from '../report';
import { assess, RuleSubject, violationsOf, type Assessment } from '../rules';
import { bakeFile } from './bake-file';
import { closeTree } from './close-tree';
import { MANIFEST_SCHEMA_ID, type Manifest, type ManifestFile } from './manifest';
import { sha256 } from './output-plan';
import { renderImage, type OutputFile, type RenderedImage } from './render-image';
import { Spool } from './spool';

/** How the rules judged an image. */
export interface Judgement {
  /** Rules that were asked. */
  readonly rules: number;
  /** Those of them that have a warning to give. */
  readonly warnings: number;
}

/** A tree, rendered. */
export interface Assembly {
  readonly manifest: Manifest;
  /** How the rules judged each image, by its name. */
  readonly judgements: ReadonlyMap<string, Judgement>;
  /** Every file; an image that was too large to keep is rendered again. */
  readonly files: () => Generator<OutputFile>;
}

/**
 * Renders a whole tree and checks it. Nothing is written; all problems are thrown at once.
 *
 * @param outdir where it would be written: the manifest names the directories of applications relative to it
 */
export function assemble(root: IConstruct, outdir = 'output'): Assembly {
  const problems = closeTree(root);
  const images = ImageConstruct.all(root).sort((a, b) => byCodePoint(a.node.id, b.node.id));
  const assembler = new Assembler(problems, outdir);
  images.forEach((image) => assembler.add(image));
  return assembler.finish(images);
}

/** Puts an assembly together, an image at a time. */
class Assembler {
  private readonly problems: Problem[];

  /** Of the problems, for the type of the error. */
  private readonly types: Set<ErrorType>;

  private readonly violations: Problem[] = [];

  private readonly images: Manifest['images'] = {};

  private readonly listed: Manifest['files'] = {};

  private readonly judgements = new Map<string, Judgement>();

  private readonly report = new ComplianceReport();

  private readonly spool = new Spool();

  constructor(
    problems: readonly Problem[],
    private readonly outdir: string,
  ) {
    this.problems = [...problems];
    this.types = new Set(problems.length > 0 ? ['VALIDATION_ERROR'] : []);
  }

  /** What an invalid image would be rendered as says nothing; the others are checked to the end. */
  add(image: ImageConstruct): void {
    if (this.problems.some(({ where }) => isWithin(where, image))) {
      return;
    }
    try {
      this.keep(image, renderImage(image, this.outdir));
    } catch (error) {
      if (!(error instanceof DockerfileGeneratorError)) {
        throw error;
      }
      this.types.add(error.type);
      this.problems.push(...error.details.map((problem) => within(image, problem)));
    }
  }

  /** That of all problems, where they have one; a broken rule counts only where nothing else is wrong. */
  private errorType(): ErrorType {
    const [first, ...others] = this.types;
    return this.problems.length === 0 ? 'SECURITY_ERROR' : first && others.length === 0 ? first : 'VALIDATION_ERROR';
  }

  finish(images: readonly ImageConstruct[]): Assembly {
    if (this.problems.length + this.violations.length > 0) {
      throw new DockerfileGeneratorError(this.errorType(), [...this.problems, ...this.violations]);
    }
    const reports = [...this.report.files().map((file) => ({ ...file, executable: false })), bakeFile(this.images)];
    return {
      manifest: {
        $schema: MANIFEST_SCHEMA_ID,
        version: 1,
        images: this.images,
        files: this.listWith(reports),
      },
      judgements: this.judgements,
      files: () => this.files(reports, images),
    };
  }

  private keep(image: ImageConstruct, rendered: RenderedImage): void {
    const { id } = image.node;
    const assessment = assess(toSubject(image, rendered), image);
    this.judgements.set(id, judgementOf(assessment));
    this.report.add(assessment, rendered.manifest, image.target.lifecycle);
    this.violations.push(...violationsOf(assessment));
    this.images[id] = rendered.manifest;
    rendered.files.forEach((file) => (this.listed[file.path] = manifestFile(file)));
    this.spool.keep(id, rendered.files);
  }

  /** The files of the images, which are in order, and those beside them. */
  private listWith(reports: readonly OutputFile[]): Manifest['files'] {
    const reported = reports.map((file) => [file.path, manifestFile(file)] as const);
    const all = [...reported, ...Object.entries(this.listed)];
    return Object.fromEntries(all.sort(([a], [b]) => byCodePoint(a.split('/')[0]!, b.split('/')[0]!)));
  }

  private *files(reports: readonly OutputFile[], images: readonly ImageConstruct[]): Generator<OutputFile> {
    yield* reports;
    for (const image of images) {
      yield* this.spool.kept(image.node.id) ?? this.renderAgain(image);
    }
  }

  /** Renders an image once more; what was not judged in these very bytes is not written. */
  private renderAgain(image: ImageConstruct): readonly OutputFile[] {
    const { files } = renderImage(image, this.outdir);
    const changed = files.filter((file) => this.listed[file.path]?.sha256 !== sha256(file.content));
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
}

function judgementOf({ packs }: Assessment): Judgement {
  const results = packs.flatMap((pack) => pack.results);
  return { rules: results.length, warnings: results.filter(({ status }) => status === 'warned').length };
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
