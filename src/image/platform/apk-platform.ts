import { applicationMounts, applicationStages } from './application-stages';
import { finalStage } from './final-stage';
import type { ImageDescription } from './image-description';
import { overlayStages } from './overlay-stages';
import { baseDigest, Platform, type PlatformOutput } from './platform';
import { assembleFiles, CONTEXT, ROOTFS } from './root-script';
import type { Architecture } from '../../catalog';
import type { RunCommand, Stage } from '../../model';

/** A distribution with apk: the packages are installed into a root of their own, with nothing else in it. */
export class ApkPlatform extends Platform {
  override render(image: ImageDescription, architecture: Architecture): PlatformOutput {
    const { base } = image.release;
    const install: RunCommand = {
      words: [
        'apk',
        'add',
        '--no-cache',
        '--initdb',
        '--root',
        ROOTFS,
        '--keys-dir',
        '/etc/apk/keys',
        '--repositories-file',
        '/etc/apk/repositories',
      ],
      list: image.packages,
    };
    const stages: Stage[] = [
      {
        name: 'base',
        from: {
          kind: 'image',
          repository: base.repository,
          tag: base.tag,
          digest: baseDigest(base, architecture).digest,
        },
        instructions: [],
      },
      ...overlayStages(image, architecture, []),
      {
        name: 'packages',
        from: { kind: 'stage', name: 'base' },
        instructions: [{ kind: 'run', commands: [install] }],
      },
      // The packages lie in a root of their own, in which nothing is run: Composer gets a PHP of its own.
      ...applicationStages(image, {
        base: 'base',
        packages: 'base',
        install: (list) => [{ kind: 'run', commands: [{ words: ['apk', 'add', '--no-cache'], list }] }],
      }),
      {
        name: 'assemble',
        from: { kind: 'stage', name: 'packages' },
        instructions: [
          ...(image.overlay
            ? [{ kind: 'copy' as const, from: 's6-overlay', source: '/s6-overlay/', target: `${ROOTFS}/` }]
            : []),
          {
            kind: 'run',
            contextAt: CONTEXT,
            ...applicationMounts(image),
            commands: [{ words: ['sh', `${CONTEXT}/scripts/assemble.sh`] }],
          },
        ],
      },
      finalStage(image, architecture),
    ];
    return {
      dockerfile: { stages },
      files: assembleFiles(image, 'apk-rootfs.sh', {
        files: (image.release.system.files ?? []).map(({ path }) => path),
        programs: image.release.system.programs,
        php: image.php.paths.cliBinary,
      }),
    };
  }
}
