import { Construct, type IConstruct } from 'constructs';
import type { Problem } from '../errors';
import type { ContextFile } from '../model';
import type {
  ApplicationProps,
  BuildStepProps,
  Contributions,
  CronJobProps,
  FileProps,
  LongRunProps,
  OneShotProps,
  PackageName,
  WritablePath,
} from './contributions';
import { copyContributions, shareContributions } from './shared-contributions';

const NONE: readonly Problem[] = [];

const IMAGE_PART = Symbol.for('projen-nginx-php.ImagePart');

/**
 * A construct that gives something to the image above it: packages, files, services, environment, writable paths,
 * ports, build steps. Extend it to add what your application needs.
 *
 * It never writes a file: what it contributes is read when the whole tree is synthesized.
 */
export abstract class ImagePart extends Construct {
  /** Whether `x` is an ImagePart, also one of another copy of this package. */
  static isImagePart(x: unknown): x is ImagePart {
    return typeof x === 'object' && x !== null && IMAGE_PART in x;
  }

  /** Lists that belong to this construct alone; undefined where it has those of others that are equal. */
  private own?: Contributions;

  /** Frozen, and the same for every construct that gives the same. */
  private shared: Contributions = shareContributions();

  private closed = false;

  private found: readonly Problem[] = NONE;

  /** What this construct gives to its image, for reading and for aspects. */
  get contributions(): Contributions {
    return this.closed ? this.shared : (this.own ??= copyContributions(this.shared));
  }

  /** Gives the memory of lists back that are the same as another construct's; whoever changes them gets a copy. */
  compact(): void {
    if (this.own) {
      this.shared = shareContributions(this.own);
      this.own = undefined;
    }
  }

  /** Adds a package of the distribution. */
  addPackage(name: PackageName): void {
    this.contributions.packages.push(name);
  }

  /** Adds a file. */
  addFile(file: FileProps): void {
    this.contributions.files.push(file);
  }

  /** Adds a program that s6 keeps running. */
  addLongRun(service: LongRunProps): void {
    this.contributions.longRuns.push(service);
  }

  /** Adds a program that runs once at the start, before the services. */
  addOneShot(service: OneShotProps): void {
    this.contributions.oneShots.push(service);
  }

  /** Adds a command that runs at given times. */
  addCronJob(job: CronJobProps): void {
    this.contributions.cronJobs.push(job);
  }

  /** Sets a variable in the environment of the container. Never a secret: those come as mounted files. */
  addEnvironment(name: string, value: string): void {
    this.contributions.environment.set(name, value);
  }

  /** Declares a directory that the running server may write to. */
  addWritablePath(path: WritablePath): void {
    this.contributions.writablePaths.push(path);
  }

  /** Declares a TCP port on which the image listens. */
  addPort(port: number): void {
    this.contributions.ports.push(port);
  }

  /** Adds a step to the build of the root file system. */
  addBuildStep(step: BuildStepProps): void {
    this.contributions.buildSteps.push(step);
  }

  /** Brings the code of an application into the image while it is built. */
  addApplication(application: ApplicationProps): void {
    this.contributions.applications.push(application);
  }

  /**
   * Files that are made from the state of the construct at the time of the synthesis. Override it to render
   * configuration from typed values that an aspect may still change.
   */
  renderFiles(): readonly ContextFile[] {
    return [];
  }

  /** Notes something wrong; the synthesis reports all such problems at once and writes nothing. */
  addProblem(problem: Omit<Problem, 'where'>): void {
    this.found = [...this.found, { ...problem, where: this.node.path }];
  }

  /** Closes the construct: after the aspects nothing is added, by nobody. Called by the synthesis. */
  lock(): void {
    this.compact();
    this.closed = true;
  }

  /** What was found wrong so far. */
  get problems(): readonly Problem[] {
    return this.found;
  }
}

// On the prototype, and not on each of fifty thousand parts.
Object.defineProperty(ImagePart.prototype, IMAGE_PART, { value: true });

/** The image parts at and below a construct, in the order of the tree. */
export function imageParts(root: IConstruct): ImagePart[] {
  return root.node.findAll().filter((node) => ImagePart.isImagePart(node));
}
