import type { Row, SoundRow } from './support';
import { found, saying } from '../written';

/** A stage that runs something, and an image of nothing of it. */
function build(run: string, last = 'FROM scratch'): string {
  return `FROM debian AS build\nRUN ${run}\n${last}\n`;
}

const REFUSED: readonly Row[] = [
  [
    'a debugger in the stage that is the image',
    'FROM debian AS build\nFROM debian\nRUN apt-get install -y strace\n',
    ['Dockerfile:3: the package strace, a debugger'],
  ],
  [
    'a debugger in a stage that the image is made from, written otherwise',
    'FROM debian AS Base\nRUN apt-get install -y strace\nFROM base AS middle\nFROM MIDDLE\n',
    ['Dockerfile:2: the package strace, a debugger'],
  ],
  [
    'a debugger of one version',
    'FROM debian\nRUN apt-get install -y strace=6.1-0.1\n',
    ['the package strace, a debugger'],
  ],
  [
    'tools that are copied into a directory',
    build('cp -a /usr/bin/curl /bin/ls /rootfs/usr/bin/'),
    ['Dockerfile:2: the program curl'],
  ],
  [
    'a tool that is copied below a variable of the root',
    build('cp /usr/bin/curl "$rootfs/usr/bin/"'),
    ['the program curl'],
  ],
  [
    'a tool that is moved into a directory without a slash',
    build('mv /usr/bin/curl "$rootfs/usr/bin"'),
    ['the program curl'],
  ],
  ['a tool that the root gets by its path', build('put /usr/bin/curl'), ['Dockerfile:2: the program curl']],
  ['a tool that is added', 'FROM scratch\nADD fetch /usr/local/bin/curl\n', ['Dockerfile:2: the program curl']],
  ...['cp /usr/bin/curl /rootfs/usr/bin/fetch', 'ln -s /usr/bin/curl "$rootfs/usr/bin/fetch"'].map((command): Row => [
    `a tool by another name: ${command}`,
    build(command),
    ['the program curl'],
  ]),
  ['a tool for a directory that stands in front', build('cp -t /rootfs/usr/bin /usr/bin/curl'), ['the program curl']],
  ...[
    'apt-get -oRootDir=/rootfs install -y strace',
    'apt-get -oDir=/rootfs install -y strace',
    'apk add -p/rootfs strace',
    '/usr/sbin/chroot /rootfs apk add strace',
  ].map((command): Row => [`a debugger of another root: ${command}`, build(command), ['the package strace']]),
  [
    'a debugger of one architecture, and of one archive',
    'FROM debian\nRUN apt-get install -y strace:amd64 gdb/trixie\n',
    ['the package strace', 'the package gdb'],
  ],
];

const SOUND: readonly SoundRow[] = [
  ['a debugger for the build alone', build('apt-get install -y strace')],
  [
    'a debugger of the build, and an image that is named as its base',
    build('apt-get install -y strace', 'FROM alpine AS alpine'),
  ],
  ['a debugger beside tools for other roots', build('apt-get install -y schroot chrootuid strace')],
  ['a tool that is taken out of the root', build('rm /rootfs/usr/bin/curl')],
  [
    'a tool that the root is asked not to have',
    build('install-check /rootfs/usr/bin/curl && /opt/uninstall /rootfs/usr/bin/curl'),
  ],
  ['a tool that is put aside', build('cp -a /usr/bin/curl /opt/')],
  ['a tool in the root of something else', build('cp -a /usr/bin/curl /srv/rootfs/bin/curl')],
  ['a path of a shell that is not copied', 'FROM scratch\nENV SHELL=/bin/bash\n'],
  ['a tool that is taken out of the root', build('mv /rootfs/usr/bin/curl /tmp/')],
  ['a debugger for a stage of the build, by an option of a shell', build('command -p apt-get install -y strace')],
];

it.each(REFUSED)('%s: refused', (_, written, says) => {
  expect(found('IMG-007', written)).toEqual(saying(says));
});

it.each(SOUND)('%s: passes', (_, written) => {
  expect(found('IMG-007', written)).toEqual([]);
});
