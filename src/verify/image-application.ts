import { join, resolve } from 'node:path';
import { ApplicationFiles } from './application-files';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import type { Manifest, ManifestImage } from '../synth/manifest';

/** Stage in whose place the directory of an application comes. */
const STAGE = 'application';

/** Variable with the credentials of private repositories, as Composer has it. */
export const COMPOSER_AUTH = 'COMPOSER_AUTH';

/**
 * The applications of the images of a manifest, and what a person takes in the place of stages. A directory that is
 * given for the stage `application` stands for that of the manifest.
 */
export class ImageApplications {
  /** What takes the place of other stages, and an application that is no directory of this machine. */
  readonly buildContexts: readonly string[];

  private readonly given: string | undefined;

  private readonly known = new Map<string, ApplicationFiles>();

  private readonly hashes = new Map<string, string>();

  /**
   * @param output directory of the manifest
   * @param buildContexts `NAME=REFERENCE`
   */
  constructor(
    private readonly output: string,
    private readonly manifest: Manifest,
    buildContexts: readonly string[],
  ) {
    const directories = buildContexts.filter((item) => item.startsWith(`${STAGE}=`) && !/^\w+=[a-z0-9+-]+:/.test(item));
    this.given = directories.at(-1)?.slice(STAGE.length + 1);
    this.buildContexts = buildContexts.filter((item) => !directories.includes(item));
  }

  /** Identity of the application of an image by content; undefined where a build takes no files of this machine. */
  identityOf(image: string): string | undefined {
    const files = this.filesOf(image);
    if (files === undefined) {
      return undefined;
    }
    const hash = this.hashes.get(image) ?? files.sha256;
    this.hashes.set(image, hash);
    return hash;
  }

  /** Whether Composer runs in the build of an image. */
  runsComposer(image: string): boolean {
    return !['none', undefined].includes(this.applicationOf(image)?.composer);
  }

  /**
   * Gives `use` a directory with the files of an image's application and nothing else; undefined where its build takes
   * none of this machine.
   *
   * @throws DockerfileGeneratorError VALIDATION_ERROR where they are no longer what the identity was made of
   */
  async withCopy<T>(image: string, use: (directory: string | undefined) => Promise<T>): Promise<T> {
    const files = this.filesOf(image);
    if (!files) {
      return use(undefined);
    }
    return files.withCopy((directory) => {
      const copy = new ApplicationFiles({ directory, paths: this.applicationOf(image)!.paths });
      if (copy.sha256 !== this.identityOf(image)) {
        throw new DockerfileGeneratorError('VALIDATION_ERROR', [
          {
            where: image,
            what: 'its application has changed since the build was planned',
            next: 'run the command again',
          },
        ]);
      }
      return use(directory);
    });
  }

  private filesOf(image: string): ApplicationFiles | undefined {
    const application = this.applicationOf(image);
    if (!application || this.buildContexts.some((item) => item.startsWith(`${STAGE}=`))) {
      return undefined;
    }
    const directory = this.given ?? join(this.output, application.directory);
    const key = JSON.stringify([resolve(directory), application.paths]);
    const files = this.known.get(key) ?? new ApplicationFiles({ directory, paths: application.paths });
    this.known.set(key, files);
    return files;
  }

  private applicationOf(image: string): ManifestImage['application'] {
    return this.manifest.images[image]?.application;
  }
}

/** The build context of a copy of an application's files. */
export function applicationContext(directory: string): string {
  return `${STAGE}=${directory}`;
}

/** The secrets of a build in which Composer runs; none where the environment has no credentials. */
export function composerSecrets(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return environment[COMPOSER_AUTH] ? [`id=composer-auth,env=${COMPOSER_AUTH}`] : [];
}
