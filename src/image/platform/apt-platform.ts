import { applicationMounts, applicationStages } from './application-stages';
import { INSTALL_PATH, STAND_INS, standIns } from './apt-stand-ins';
import { finalStage } from './final-stage';
import type { ImageDescription } from './image-description';
import { overlayStages } from './overlay-stages';
import { baseDigest, Platform, type PlatformOutput } from './platform';
import { assembleFiles, CONTEXT, ROOTFS } from './root-script';
import type { Architecture, RepositoryFacts } from '../../catalog';
import type { ContextFile, Instruction, RunCommand, Stage } from '../../model';

const KEYRING = '/etc/apt/keyrings';

/**
 * A distribution with apt: the packages are installed as usual; then those that are needed at run time are copied,
 * file by file, into a root of their own.
 */
export class AptPlatform extends Platform {
  override render(image: ImageDescription, architecture: Architecture): PlatformOutput {
    const { base, system } = image.release;
    const unpackers = system.unpackers.map(({ name }) => name);
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
      ...overlayStages(image, architecture, aptInstall(unpackers)),
      ...keyStages(image.repository),
      {
        name: 'packages',
        from: { kind: 'stage', name: 'base' },
        instructions: [NONINTERACTIVE, ...addRepository(image), installQuickly(image.packages)],
      },
      ...applicationStages(image, {
        base: 'base',
        packages: 'packages',
        install: (packages) => installMore(packages.filter((name) => !image.packages.includes(name))),
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
      files: [
        ...assembleFiles(image, 'apt-rootfs.sh', {
          roots: image.packages,
          dropped: Object.keys(system.installOnly),
          partial: system.carried.filter((item) => item.partial).map(({ name }) => name),
          programs: system.programs,
          config: image.php.paths.configDir,
          php: image.php.paths.cliBinary,
          extensions: image.config.php.extensions,
        }),
        ...repositoryFiles(image),
        ...standIns(),
      ],
    };
  }
}

const NONINTERACTIVE: Instruction = { kind: 'arg', name: 'DEBIAN_FRONTEND', value: 'noninteractive' };

/** With programs that stand in for slow ones of maintainer scripts. */
function installQuickly(packages: readonly string[]): Instruction {
  return {
    kind: 'run',
    contextAt: STAND_INS.target,
    contextPath: STAND_INS.source,
    commands: aptInstall(packages, [`-oDPkg::Path=${INSTALL_PATH}`]),
  };
}

function installMore(packages: readonly string[]): Instruction[] {
  return packages.length === 0 ? [] : [NONINTERACTIVE, installQuickly(packages)];
}

function aptInstall(packages: readonly string[], options: readonly string[] = []): RunCommand[] {
  return [
    { words: ['apt-get', 'update'] },
    { words: ['apt-get', 'install', '-y', '--no-install-recommends', ...options], list: packages },
    { words: ['rm', '-rf', '/var/lib/apt/lists/*'] },
  ];
}

function keyStages(repository: RepositoryFacts | undefined): Stage[] {
  if (!repository) {
    return [];
  }
  return [
    {
      name: 'keys',
      from: { kind: 'scratch' },
      instructions: [
        { kind: 'add', url: repository.key.url, sha256: repository.key.sha256, target: `/${repository.name}.gpg` },
      ],
    },
  ];
}

/** The repository is reached by https, so the certificates come first, from the archive. */
function addRepository({ repository, release }: ImageDescription): Instruction[] {
  if (!repository) {
    return [];
  }
  const certificates = release.system.carried.filter(({ name }) => name === 'ca-certificates').map(({ name }) => name);
  return [
    { kind: 'run', commands: aptInstall(certificates) },
    { kind: 'copy', from: 'keys', source: `/${repository.name}.gpg`, target: `${KEYRING}/${repository.name}.gpg` },
    { kind: 'run', contextAt: CONTEXT, commands: [{ words: ['sh', `${CONTEXT}/scripts/add-repository.sh`] }] },
  ];
}

function repositoryFiles({ repository, release }: ImageDescription): ContextFile[] {
  if (!repository) {
    return [];
  }
  const { name, url, component, key, pin } = repository;
  const { hostname } = new URL(url);
  const content = `#!/bin/sh
# Adds the package repository ${name}, for the packages of PHP alone, unless its key has expired.
set -eu
umask 022

# The file of the key is pinned by its checksum; its fingerprint is ${key.fingerprint}.
if [ "$(date -u +%Y%m%d)" -gt ${key.expires.replaceAll('-', '')} ]; then
  echo 'The key of ${url} expired on ${key.expires}: refresh the catalogue, synthesize and build again.' >&2
  exit 1
fi

cat >/etc/apt/sources.list.d/${name}.sources <<EOF
Types: deb
URIs: ${url}
Suites: ${release.codename ?? release.name}
Components: ${component}
Signed-By: ${KEYRING}/${name}.gpg
EOF

cat >/etc/apt/preferences.d/${name} <<EOF
Package: *
Pin: origin ${hostname}
Pin-Priority: -1

Package: ${pin.join(' ')}
Pin: origin ${hostname}
Pin-Priority: 600
EOF
`;
  return [{ path: 'scripts/add-repository.sh', content, executable: true }];
}
