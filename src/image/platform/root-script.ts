import { onceFor } from '../../config/once-for';
import type { ContextFile } from '../../model';
import { readAsset } from '../asset';
import type { BuildStepProps } from '../contributions';
import { applicationCopy, applicationFiles } from './application-stages';
import type { ImageDescription } from './image-description';

/** Where the root of the image to be is put together, and where the context is mounted meanwhile. */
export const ROOTFS = '/rootfs';
export const CONTEXT = '/context';

/**
 * The scripts that put the root file system together: `assemble.sh`, made for this image, and `rootfs.sh`, the part
 * that is the same for every image of a package family.
 *
 * @param asset file name of that part
 * @param lists what it is told, as shell variables
 */
export function assembleFiles(
  image: ImageDescription,
  asset: string,
  lists: Readonly<Record<string, string | readonly string[]>>,
): ContextFile[] {
  return [
    { path: 'scripts/assemble.sh', content: scriptOf(image, lists), executable: true },
    { path: 'scripts/rootfs.sh', content: readAsset(asset), executable: true },
    ...applicationFiles(image),
    ...image.buildSteps.map(buildStep),
  ];
}

/** The script of an image is that of each of its architectures. */
const scriptOf = onceFor(assembleScript);

function buildStep({ name, script }: BuildStepProps): ContextFile {
  return { path: `scripts/steps/${name}.sh`, content: script, executable: true };
}

function assembleScript(image: ImageDescription, lists: Readonly<Record<string, string | readonly string[]>>): string {
  const variables = Object.keys(lists).map((name) => `${name}=${quoteList(lists[name]!)}`);
  const head = `#!/bin/sh
# Makes the root file system of the image in ${ROOTFS}.
set -eu
umask 022
rootfs=${ROOTFS}
context=${CONTEXT}
${variables.join('\n')}

# put MODE SOURCE TARGET: a file of the context, owned by root
put() {
  cp "$context/$2" "$rootfs$3"
  chmod "$1" "$rootfs$3"
}

# writable MODE PATH: a directory of the runtime user, and of group 0 for users of arbitrary number
writable() {
  mkdir -p "$rootfs$2"
  chown ${image.config.security.uid}:0 "$rootfs$2"
  chmod "$1" "$rootfs$2"
}

# The packages
. "$context/scripts/rootfs.sh"
`;
  return [
    head,
    section('Accounts: the runtime user, and root without a shell', accounts(image)),
    ...(image.application ? [section('The application', applicationCopy(image.application))] : []),
    section('Files of this image', installFiles(image)),
    section('Directories that the running server may write to', writablePaths(image)),
    ...image.buildSteps.map(({ name }) =>
      section(`Build step ${name}`, [`rootfs=$rootfs sh -eu "$context/scripts/steps/${name}.sh"`]),
    ),
    section('No file gives rights that its caller does not have, and only its owner writes', onlyOwnersWrite(image)),
  ].join('\n');
}

/** A path as it is; a list between spaces, so that a name is found in it by `*" name "*`. */
function quoteList(words: string | readonly string[]): string {
  if (typeof words === 'string') {
    return words;
  }
  return `" ${[...new Set(words)].sort().join(' ')} "`;
}

function section(title: string, lines: readonly string[]): string {
  return `# ${title}\n${lines.join('\n')}\n`;
}

function accounts({ config }: ImageDescription): string[] {
  const { user, group, uid, gid } = config.security;
  return [
    'mkdir -p "$rootfs/etc"',
    'cat >"$rootfs/etc/passwd" <<EOF',
    'root:x:0:0:root:/:/sbin/nologin',
    `${user}:x:${uid}:${gid}::/nonexistent:/sbin/nologin`,
    'nobody:x:65534:65534::/nonexistent:/sbin/nologin',
    'EOF',
    'cat >"$rootfs/etc/group" <<EOF',
    'root:x:0:',
    `${group}:x:${gid}:`,
    'nogroup:x:65534:',
    'EOF',
    'chmod 0644 "$rootfs/etc/passwd" "$rootfs/etc/group"',
    'rm -f "$rootfs/etc/shadow" "$rootfs/etc/gshadow" "$rootfs"/etc/*-',
  ];
}

function installFiles(image: ImageDescription): string[] {
  const files = image.files.filter((file) => file.target !== undefined);
  const directories = [...new Set(files.map((file) => file.target!.slice(0, file.target!.lastIndexOf('/'))))].sort();
  return [
    `for directory in ${directories.filter((directory) => directory !== '').join(' ')}; do`,
    '  mkdir -p "$rootfs$directory"',
    'done',
    ...files.map((file) => `put ${file.executable ? '0755' : '0644'} ${file.path} ${file.target}`),
  ];
}

function writablePaths({ config, writablePaths: paths }: ImageDescription): string[] {
  return [
    ...paths.map(({ path, mode }) => `writable ${mode} ${path}`),
    `mkdir -p "$rootfs${config.nginx.documentRoot}"`,
    'rm -rf "$rootfs/var/run" "$rootfs/var/tmp"',
    'ln -s /run "$rootfs/var/run"',
    'ln -s /tmp "$rootfs/var/tmp"',
  ];
}

/** Packages and build steps leave directories of a group behind, as Debian's /usr/local is: those go too. */
function onlyOwnersWrite({ writablePaths: paths }: ImageDescription): string[] {
  const declared = paths.map(({ path }) => `-path "$rootfs${path}"`).join(' -o ');
  return [
    'find "$rootfs" -xdev -type f -perm /6000 -exec chmod a-s {} +',
    'find "$rootfs" -xdev -type f -perm /0022 -exec chmod go-w {} +',
    `find "$rootfs" -xdev \\( ${declared} \\) -prune -o -type d -perm /6022 -exec chmod a-s,go-w {} +`,
  ];
}
