import type { ContextFile, Instruction, RunMount, Stage } from '../../model';
import type { ApplicationDescription } from '../application';
import { readAsset } from '../asset';
import { PATHS } from '../paths';
import type { ImageDescription } from './image-description';

/** Name of the stage in whose place the directory of the application comes. */
export const APPLICATION_STAGE = 'application';

/** Name of the secret with the credentials of private repositories, in the format of Composer's auth.json. */
export const COMPOSER_SECRET = 'composer-auth';

/** Where things lie while the code is put together. */
const PLACES = {
  source: '/application',
  code: '/code',
  download: '/composer.phar',
  secret: '/run/secrets/composer-auth',
} as const;

/** What a platform adds: the stage with PHP, and how packages are installed there. */
export interface ApplicationBase {
  /** Stage with the distribution's own programs. */
  readonly base: string;
  /** Stage that Composer's starts from. */
  readonly packages: string;
  /** Instructions that install packages which that stage does not have. */
  readonly install: (packages: readonly string[]) => readonly Instruction[];
}

/**
 * The stages that put the code of an application together. `application` is empty: `--build-context application=...`
 * takes its place. Composer stays in `code`, of which the image gets one directory.
 */
export function applicationStages({ application }: ImageDescription, on: ApplicationBase): Stage[] {
  if (!application) {
    return [];
  }
  const { composer } = application;
  return [
    { name: APPLICATION_STAGE, from: { kind: 'scratch' }, instructions: [] },
    ...(composer?.download
      ? [
          {
            name: 'composer',
            from: { kind: 'scratch' as const },
            instructions: [{ kind: 'add' as const, ...pick(composer.download), target: PLACES.download }],
          },
        ]
      : []),
    {
      name: 'code',
      from: { kind: 'stage', name: composer ? on.packages : on.base },
      instructions: [
        ...(composer ? on.install(composer.packages) : []),
        ...(composer?.download
          ? [{ kind: 'copy' as const, from: 'composer', source: PLACES.download, target: composer.program }]
          : []),
        {
          kind: 'run',
          contextAt: '/context',
          mounts: [
            { kind: 'stage', stage: APPLICATION_STAGE, target: PLACES.source },
            ...(composer ? [{ kind: 'secret' as const, id: COMPOSER_SECRET, target: PLACES.secret }] : []),
          ],
          commands: [{ words: ['sh', '/context/scripts/application.sh'] }],
        },
      ],
    },
  ];
}

function pick({ url, sha256 }: { readonly url: string; readonly sha256: string }): { url: string; sha256: string } {
  return { url, sha256 };
}

/** What the stage that puts the root file system together mounts. */
export function applicationMounts({ application }: ImageDescription): { readonly mounts?: readonly RunMount[] } {
  return application ? { mounts: [{ kind: 'stage', stage: 'code', source: PLACES.code, target: PLACES.code }] } : {};
}

/** The script of the stage `code`, and the check that the image's PHP has what the packages ask for. */
export function applicationFiles({ application, php }: ImageDescription): ContextFile[] {
  if (!application) {
    return [];
  }
  const { composer, paths } = application;
  const head = `#!/bin/sh
# Puts the code of the application together, in a stage that is thrown away.
set -eu
umask 022
source=${PLACES.source}
code=${PLACES.code}
paths="${paths.join(' ')}"
php=${php.paths.cliBinary}
composer=${composer?.program ?? ''}
credentials=${PLACES.secret}

`;
  return [
    { path: 'scripts/application.sh', content: `${head}${readAsset('application.sh')}`, executable: true },
    ...(composer ? [{ path: 'scripts/extensions.php', content: readAsset('extensions.php'), executable: false }] : []),
  ];
}

/** Lines of the script that puts the root file system together. */
export function applicationCopy({ composer }: ApplicationDescription): string[] {
  return [
    `mkdir -p "$rootfs${PATHS.application}"`,
    `cp -R ${PLACES.code}/. "$rootfs${PATHS.application}/"`,
    ...(composer ? ['chroot "$rootfs" "$php" <"$context/scripts/extensions.php"'] : []),
  ];
}
