import { above, instead, ownPart, ownPlatform } from './own-ways';
import { Catalog, DebianPlatform, ImageConstruct, type Architecture } from '../../../../src';
import { rawText, soundImage, type BreakingCase } from '../support';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const ASSEMBLE = 'scripts/assemble.sh';

/** An image for an architecture that nobody knows, past the check of the option. */
class ForeignImage extends ImageConstruct {
  override readonly architectures = ['amd64', 'riscv64'] as unknown as readonly Architecture[];
}

/** Debian by the digest of its index alone, so that any architecture has one. */
function indexOnly(): DebianPlatform {
  const release = Catalog.shipped().release('debian', 'trixie')!;
  const { digests, ...base } = release.base;
  const releases = { debian: [{ ...release, base: { ...base, index: digests!.amd64 } }] };
  return new DebianPlatform(Catalog.shipped().with({ releases }));
}

export const IMAGE_CASES: readonly BreakingCase[] = [
  instead('IMG-001', /@sha256:[0-9a-f]{64} AS base/, ' AS base', {
    story: 'the digest of the base is taken out',
    says: 'has no digest',
  }),
  instead('IMG-001', /^FROM docker\S+ AS base/m, 'ARG BASE="docker.io/library/debian:12"\nFROM ${BASE} AS base', {
    story: 'a build argument decides the base',
    says: 'is decided by a variable of the build',
  }),
  instead('IMG-001', 'FROM base AS packages', 'FROM docker.io/library/debian:12@sha256:abc AS packages', {
    story: 'a later stage starts from an image with half a digest',
    says: 'is not a sha256 digest',
  }),
  instead('IMG-002', /(FROM \S+?):[\w.-]+@/, 'FROM docker.io/library/debian@', {
    story: 'the tag is taken out and the digest kept',
    says: 'has no tag',
  }),
  instead('IMG-002', /:[\w.-]+@sha/, ':stable-slim@sha', {
    story: 'the base floats',
    says: 'the tag stable-slim floats',
  }),
  instead('IMG-003', /docker\.io\/library\/debian/, 'docker.io/someone/debian', {
    story: 'the base is somebody’s',
    says: 'is not an official image',
  }),
  instead('IMG-003', /docker\.io\/library\/debian/, 'debian', {
    story: 'the registry is left out',
    says: 'leaves the registry to the settings of the builder',
  }),
  ownPlatform(
    'IMG-003',
    ([base, ...stages]) => [
      base!,
      {
        name: 'composer',
        from: { kind: 'image', repository: 'ghcr.io/someone/composer', tag: '2', digest: DIGEST },
        instructions: [],
      },
      ...stages,
    ],
    { story: 'a stage starts from a tool of somebody', says: 'the repository of the base' },
  ),
  instead('IMG-005', 'docker.io/library/debian', 'docker.io/arm64v8/debian', {
    story: 'the base is that of one architecture',
    says: 'is for one architecture',
  }),
  instead('IMG-005', /^FROM docker/m, 'FROM --platform=linux/amd64 docker', {
    story: 'FROM fixes a platform',
    says: 'FROM fixes the platform linux/amd64',
  }),
  {
    rule: 'IMG-006',
    by: 'a subclass',
    story: 'a subclass brings an architecture of its own',
    says: 'linux/riscv64 (riscv64) is not a platform of these images',
    build: (app) => new ForeignImage(app, 'shop', { php: '8.4', platform: indexOnly() }),
  },
  ownPart('IMG-007', (part) => part.addPackage('openssh-server'), {
    story: 'a construct brings an SSH server',
    says: 'the package openssh-server, remote access',
  }),
  ownPart('IMG-007', (part) => part.addBuildStep({ name: 'shell', script: 'cp /bin/bash "$rootfs/bin/bash"\n' }), {
    story: 'a build step copies a second shell',
    says: 'the program bash, a shell beside the one POSIX shell',
  }),
  rawText('IMG-007', ASSEMBLE, (text) => text.replace('roots=" ', 'roots=" gdb '), {
    story: 'the list of packages that are carried is edited',
    says: 'roots has gdb, a debugger',
  }),
  instead('IMG-007', 'apk add --no-cache', 'apk add --no-cache "vim"', {
    story: 'the call of apk is edited',
    says: 'the package vim, an editor',
    props: { platform: 'alpine' },
  }),
  above('IMG-007', /^ENV PATH/m, 'COPY --from=packages /usr/bin/curl /usr/local/bin/fetch', {
    story: 'a tool that fetches is copied under another name',
    says: 'the program curl, a tool that fetches',
  }),
  rawText(
    'IMG-008',
    ASSEMBLE,
    (text) => text.replace('set -eu\n', "set -eu\ntrap 'chmod u+s $rootfs/usr/bin/dash' EXIT\n"),
    {
      story: 'something is left to run after the end',
      says: 'trap changes what runs when the setuid and setgid bits are taken away',
    },
  ),
  {
    rule: 'IMG-008',
    by: 'a construct of one’s own',
    story: 'a step of the build puts another program in the place of find',
    says: 'cp replaces /usr/bin/find, a tool of the build',
    build: (app) =>
      soundImage(app).addBuildStep({
        name: 'own',
        script: 'chmod u+s "$rootfs/usr/bin/dash"\ncp /bin/true /usr/bin/find\n',
      }),
  },
  {
    rule: 'IMG-008',
    by: 'a construct of one’s own',
    story: 'a step of the build writes a program of its own over find',
    says: 'replaces /usr/bin/find, a tool of the build',
    build: (app) => soundImage(app).addBuildStep({ name: 'own', script: 'echo exit >/usr/bin/find\n' }),
  },
  rawText('IMG-008', ASSEMBLE, (text) => text.replace(/^find .*-perm \/6000.*\n/m, ''), {
    story: 'the line that takes the bits away is removed',
    says: 'no find over all of /rootfs takes the setuid and setgid bits away',
  }),
  rawText(
    'IMG-008',
    ASSEMBLE,
    (text) =>
      text.replace(
        /^find .*-perm \/6000.*\n/m,
        'sh "$context/scripts/assemble.sh" && . "$context/scripts/rootfs.sh"\n'.repeat(99),
      ),
    {
      story: 'the script starts itself in its place, a hundred times and each time again',
      says: 'no find over all of /rootfs takes the setuid and setgid bits away',
    },
  ),
  rawText('IMG-008', ASSEMBLE, (text) => text.replace(/^(find .*-perm \/6000)/m, '# $1'), {
    story: 'that line is made a comment',
    says: 'no find over all of /rootfs takes the setuid and setgid bits away',
  }),
  rawText(
    'IMG-008',
    ASSEMBLE,
    (text) => text.replace('"$rootfs" -xdev -type f -perm /6000', '"$rootfs" -name nothing -perm /6000'),
    {
      story: 'that line is narrowed',
      says: 'no find over all of /rootfs takes the setuid and setgid bits away',
    },
  ),
  rawText('IMG-008', ASSEMBLE, (text) => `${text}cp -a /usr/bin/passwd "$rootfs/usr/bin/"\n`, {
    story: 'a program is copied after it',
    says: 'cp runs after the setuid and setgid bits were taken away',
  }),
  instead(
    'IMG-008',
    'sh /context/scripts/assemble.sh',
    'sh /context/scripts/assemble.sh && chmod 4755 /rootfs/usr/bin/env',
    {
      story: 'a RUN sets the bit again',
      says: 'chmod runs after the setuid and setgid bits were taken away',
    },
  ),
  ownPart(
    'IMG-008',
    (part) =>
      part.addBuildStep({ name: 'ports', script: 'setcap cap_net_bind_service=+ep "$rootfs/usr/sbin/nginx"\n' }),
    {
      story: 'a build step gives nginx a capability',
      says: 'setcap gives a program capabilities',
    },
  ),
  {
    rule: 'IMG-009',
    by: 'a prop',
    story: 'the server gets the number of a person',
    says: '1000 is less than 10000',
    build: (app) => soundImage(app, { security: { uid: 1000, gid: 1000 } }),
  },
  rawText('IMG-009', ASSEMBLE, (text) => text.replace(/(www-data:x:.*:)\/sbin\/nologin/, '$1/bin/sh'), {
    story: 'the account gets a shell',
    says: 'the account www-data has the shell /bin/sh',
  }),
  ownPart(
    'IMG-009',
    (part) => part.addBuildStep({ name: 'admin', script: 'echo "admin::0:0::/:/bin/sh" >>"$rootfs/etc/passwd"\n' }),
    {
      story: 'a build step adds an account without a password',
      says: 'the accounts root and admin share a name or a number',
    },
  ),
  ownPart(
    'IMG-009',
    (part) => part.addBuildStep({ name: 'shell', script: 'sed -i "s|nologin|ash|" "$rootfs/etc/passwd"\n' }),
    {
      story: 'a build step changes the accounts that were written',
      says: 'sed changes $rootfs/etc/passwd',
    },
  ),
  ownPart('IMG-009', (part) => part.addBuildStep({ name: 'worker', script: 'chroot "$rootfs" useradd worker\n' }), {
    story: 'a build step makes an account by a tool',
    says: 'useradd makes or changes an account',
  }),
  instead(
    'IMG-010',
    /\n {2}org\.opencontainers\.image\.base\.digest="sha256:[0-9a-f]+/,
    `\n  org.opencontainers.image.base.digest="${DIGEST}`,
    {
      story: 'the label of the base is wrong',
      says: 'the label org.opencontainers.image.base.digest is',
    },
  ),
  above('IMG-010', /^EXPOSE/m, 'LABEL org.opencontainers.image.created="2026-01-01T00:00:00Z"', {
    story: 'the date of the day of the synthesis is written down',
    says: 'the label org.opencontainers.image.created is fixed',
  }),
  ownPart('IMG-011', (part) => part.addFile({ target: '/etc/app/.env', content: 'APP_DEBUG=0\n' }), {
    story: 'a construct brings a .env',
    says: 'a file of the name .env holds secrets',
  }),
  ownPart(
    'IMG-011',
    (part) => part.addFile({ target: '/etc/app/tls.pem', content: '-----BEGIN EC PRIVATE KEY-----\nMHc\n' }),
    {
      story: 'a construct bakes a private key in',
      says: 'a private key stands in it',
    },
  ),
  ownPart(
    'IMG-011',
    (part) => part.addFile({ target: '/etc/app/db.php', content: "<?php return ['DB_PASSWORD' => 'hunter2'];\n" }),
    {
      story: 'a configuration has a password in it',
      says: 'DB_PASSWORD is given a value in it',
    },
  ),
  ownPart(
    'IMG-011',
    (part) =>
      part.addLongRun({
        name: 'worker',
        command: ['/usr/bin/php', '/app/worker.php'],
        environment: { QUEUE_URL: 'amqp://app:hunter2@queue/jobs' },
      }),
    { story: 'a service gets an address with its password', says: 'an address with its password stands in it' },
  ),
  rawText('IMG-011', 'README.md', (text) => `${text}\nAKIA${'A1'.repeat(8)}\n`, {
    story: 'a key of AWS is left in the README',
    says: 'README.md',
  }),
  rawText('IMG-012', '.dockerignore', (text) => text.replace('*\n', ''), {
    story: 'the context is opened',
    says: 'its first pattern is not *',
  }),
  rawText('IMG-012', '.dockerignore', (text) => `${text}!**\n`, {
    story: 'everything is let in again at the end',
    says: 'it lets .env pass',
  }),
  rawText('IMG-012', '.dockerignore', (text) => `${text}scripts/*.sh\n`, {
    story: 'a file that the build needs is hidden',
    says: 'it hides scripts/assemble.sh',
  }),
];
