import type { IConstruct } from 'constructs';
import { shareEach, shareValue } from '../config';
import { flatMap } from '../config/flat-map';
import { DockerfileGeneratorError, type ErrorType, type Problem } from '../errors';
import type { ImageConstruct } from '../image';
import { ComplianceReport, type ReportTexts } from '../report';
import { assessRendered, RuleSubject, violationsOf, type Assessment } from '../rules';
import { imageIsDone } from './after-each-image';
import { bakeFile } from './bake-file';
import type { EarlyOutput } from './early-output';
import { largeFile } from './large-file';
import type { Manifest, ManifestImage } from './manifest';
import { MANIFEST_SCHEMA_ID } from './manifest-file';
import { manifestOf } from './output-files';
import { sha256OfTexts } from './output-plan';
import { prepareTree, type PreparedTree } from './prepare-tree';
import { renderImage, type OutputFile, type RenderedImage } from './render-image';
import { RenderedFiles } from './rendered-files';

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
  /** Every file, or those that are wanted, in the order of the manifest. */
  readonly files: (wanted?: (path: string) => boolean) => Generator<OutputFile>;
}

/**
 * Renders a whole tree and checks it. Nothing is written; all problems are thrown at once.
 *
 * @param outdir where it would be written: the manifest names the directories of applications relative to it
 */
export function assemble(root: IConstruct, outdir = 'output'): Assembly {
  return assemblePrepared(prepareTree(root), outdir);
}

/** Renders a tree whose aspects have run. */
export function assemblePrepared({ images, problems }: PreparedTree, outdir: string, early?: EarlyOutput): Assembly {
  const assembler = new Assembler(problems, outdir, early);
  for (const image of images) {
    assembler.add(image);
    imageIsDone();
  }
  return assembler.finish(images);
}

/** Puts an assembly together, an image at a time. */
class Assembler {
  private readonly problems: Problem[];

  /** Of the problems, for the type of the error. */
  private readonly types: Set<ErrorType>;

  private readonly violations: Problem[] = [];

  private readonly images: Manifest['images'] = {};

  private readonly files = new RenderedFiles();

  private readonly judgements = new Map<string, Judgement>();

  private readonly report = new ComplianceReport();

  constructor(
    problems: readonly Problem[],
    private readonly outdir: string,
    private readonly early?: EarlyOutput,
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
    for (const report of this.reports()) {
      this.files.addReport(report);
    }
    this.files.close();
    const manifest = manifestOf({ $schema: MANIFEST_SCHEMA_ID, version: 1, images: this.images }, this.files.listed);
    return {
      manifest,
      judgements: this.judgements,
      files: (wanted = () => true) => this.written(this.files, images, wanted),
    };
  }

  /** The reports beside the images, one after the other: of a great matrix they are large. */
  private *reports(): Generator<ReportTexts> {
    yield* this.report.inPieces();
    yield bakeFile(this.images);
  }

  private keep(image: ImageConstruct, rendered: RenderedImage): void {
    const { id } = image.node;
    const manifest = shareManifest(rendered.manifest);
    const seen = this.files.look(rendered.files);
    const assessment = assessRendered(toSubject(image, rendered), image, seen.own);
    this.judgements.set(id, judgementOf(assessment));
    this.report.add(assessment, manifest, image.target.lifecycle);
    this.violations.push(...violationsOf(assessment));
    this.images[id] = manifest;
    const isWritten = this.early?.take(id, rendered.files) ?? false;
    this.files.add(id, rendered.files, seen, isWritten);
  }

  /** What was rendered and judged, as it was kept; what was too much to keep is rendered again. */
  private *written(
    { listed }: RenderedFiles,
    images: readonly ImageConstruct[],
    wanted: (path: string) => boolean,
  ): Generator<OutputFile> {
    const byName = new Map(images.map((image) => [image.node.id, image]));
    let again: { readonly name: string; readonly files: ReadonlyMap<string, OutputFile> } | undefined;
    for (const path of listed.paths()) {
      if (!wanted(path)) {
        continue;
      }
      const file = this.files.file(path, listed.get(path)?.executable ?? false);
      if (file) {
        yield file;
        continue;
      }
      const name = path.split('/')[0]!;
      again = again?.name === name ? again : { name, files: this.renderAgain(name, byName.get(name)) };
      yield again.files.get(path) ?? refuse(byName.get(name), [path]);
    }
  }

  /** Renders an image, or a report, once more; what was not judged in these very bytes is not written. */
  private renderAgain(name: string, image: ImageConstruct | undefined): ReadonlyMap<string, OutputFile> {
    const files = image ? renderImage(image, this.outdir).files : this.renderReportAgain(name);
    const { listed } = this.files;
    const changed = files.filter(
      (file) => listed.get(file.path)?.sha256 !== sha256OfTexts(file.texts ?? [file.content]),
    );
    if (changed.length > 0) {
      refuse(
        image,
        changed.map(({ path }) => path),
      );
    }
    return new Map(files.map((file) => [file.path, file]));
  }

  /** A report can be read more than once: to be compared, and to be written. */
  private renderReportAgain(name: string): OutputFile[] {
    const textsOf = (): Iterable<string> => [...this.reports()].find(({ path }) => path === name)!.texts;
    return [largeFile(name, { [Symbol.iterator]: () => textsOf()[Symbol.iterator]() })];
  }
}

function refuse(image: ImageConstruct | undefined, paths: readonly string[]): never {
  const problems = paths.map((path) => ({
    where: image?.node.path ?? path,
    what: `${path} was rendered otherwise than it was judged`,
    why: 'what renders a file gives the same text each time, or the rules have seen something else than is built',
    next: 'mend the construct, or the change of a text (patchFile), that counts its calls or looks at what changes',
  }));
  throw new DockerfileGeneratorError('SECURITY_ERROR', problems);
}

/** What many images have alike is kept once. */
function shareManifest({ packages, architectures, ...rest }: ManifestImage): ManifestImage {
  return {
    ...shareEach(rest),
    packages: packages.map(shareValue),
    architectures: Object.fromEntries(
      Object.entries(architectures).map(([name, architecture]) => [name, shareEach(architecture)]),
    ),
  };
}

function judgementOf({ packs }: Assessment): Judgement {
  const results = flatMap(packs, (pack) => pack.results);
  return shareValue({ rules: results.length, warnings: results.filter(({ status }) => status === 'warned').length });
}

/** The files of an image as the rules look at them. */
function toSubject(image: ImageConstruct, { files, manifest }: RenderedImage): RuleSubject {
  const below = files.map((file) => ({ ...file, path: file.path.slice(image.node.id.length + 1) }));
  return new RuleSubject(image.node.id, manifest, below);
}

function isWithin(where: string, image: ImageConstruct): boolean {
  return where === image.node.path || where.startsWith(`${image.node.path}/`);
}

function within(image: ImageConstruct, problem: Problem): Problem {
  return isWithin(problem.where, image) ? problem : { ...problem, where: `${image.node.path} (${problem.where})` };
}
