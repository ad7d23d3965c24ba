import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Catalog, releasesWithPhp } from '../catalog';
import { didYouMean, DockerfileGeneratorError } from '../errors';
import { STATUS } from './exit-status';
import { note, print, printJson } from './terminal';
import { UsageError } from './usage-error';

/** Options of `init`. */
export interface InitCommandOptions {
  readonly app: string;
  readonly php?: string;
  readonly platform?: string;
  /** Name of the first image. */
  readonly name: string;
  readonly json?: boolean;
}

/** `dockerfile-generator init`: a first images.ts, in a folder that has none; gives the exit status. */
export function initCommand({ app, name, json, ...asked }: InitCommandOptions): number {
  const { php, platform } = chooseBase(asked);
  if (existsSync(app)) {
    throw new DockerfileGeneratorError('FILE_WRITE_ERROR', [
      {
        where: app,
        what: 'the file is there already',
        why: 'it holds images, and init overwrites nothing',
        next: 'add an ImageConstruct to it, or give another name with --app',
      },
    ]);
  }
  write(app, template({ name, php, platform }));
  if (json) {
    printJson({ written: [app], image: name, php, platform });
  } else {
    print(`${app}\n`);
    note(NEXT);
  }
  return STATUS.ok;
}

const NEXT = `next:
  npm install --save-dev projen-nginx-php     # for the types in your editor
  dockerfile-generator synth                  # writes output/
  dockerfile-generator validate:config        # checks all of it
`;

function chooseBase({ php, platform = 'debian' }: Pick<InitCommandOptions, 'php' | 'platform'>) {
  const catalog = Catalog.shipped();
  if (!catalog.platforms.includes(platform)) {
    throw unknown('--platform', platform, catalog.platforms);
  }
  const versions = catalog.phpVersions.filter((version) => releasesWithPhp(catalog, platform, version).length > 0);
  if (php !== undefined && !versions.includes(php)) {
    throw unknown('--php', php, versions);
  }
  return { php: php ?? versions.filter((version) => isFromArchive(catalog, platform, version)).at(-1)!, platform };
}

function isFromArchive(catalog: Catalog, platform: string, php: string): boolean {
  const release = catalog.platform(platform)!.defaultRelease[php];
  return release !== undefined && catalog.release(platform, release)?.php[php]?.origin === 'archive';
}

function unknown(option: string, value: string, known: readonly string[]): UsageError {
  return new UsageError([
    { where: option, what: `the catalogue has no ${value}`, next: `write ${didYouMean(value, known)}` },
  ]);
}

function write(file: string, content: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { flag: 'wx' });
  } catch (error) {
    throw new DockerfileGeneratorError(
      'FILE_WRITE_ERROR',
      [
        {
          where: file,
          what: (error as Error).message,
          next: 'run init where you may write, or give a place with --app',
        },
      ],
      { cause: error },
    );
  }
}

function template({ name, php, platform }: { name: string; php: string; platform: string }): string {
  return `import { ImageConstruct, type ImageApp } from 'projen-nginx-php';

/** The images of this project. Every option: dockerfile-generator explain config ${name} */
export default function images(app: ImageApp): void {
  new ImageConstruct(app, '${name}', {
    platform: '${platform}',
    php: { version: '${php}', memoryLimit: '256M' },
    nginx: { clientMaxBodySize: '8M' },
  });
}
`;
}
