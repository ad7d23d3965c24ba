import { judge, type Check } from '../../check';

/** Package managers, compilers, downloaders, interpreters but PHP, second shells, and what changes who runs. */
const UNWANTED = new RegExp(
  '^(?:' +
    [
      'apk|apt(?:-.*)?|dpkg(?:-.*)?|dnf|yum|rpm|snap',
      'pip\\d*|npm|composer(?:\\.phar)?|pecl|pear|phpize|gem',
      'cc|c\\+\\+|gcc(?:-.*)?|g\\+\\+(?:-.*)?|clang.*|ld(?:\\.(?:bfd|gold|lld))?|as|make|cmake',
      'curl|wget|nc|ncat|netcat|socat|telnet|ssh|scp|ftp|tftp|rsync',
      'perl.*|python.*|ruby.*|node|lua.*|gdb|strace|tcpdump',
      'bash|busybox|zsh|ksh|csh|tcsh|fish',
      'su|sudo|doas|gosu|su-exec|mount|umount|newgrp|passwd|chsh|chfn|gpasswd',
    ].join('|') +
    ')$',
);

const PROGRAM_DIRECTORY = /^(?:\/usr(?:\/local)?)?\/s?bin\/[^/]+$|^\/opt\/.*\/bin\/[^/]+$/;

export const unwantedPrograms: Check = {
  id: 'files/unwanted-programs',
  expectation: 'there is no package manager, compiler, downloader, second shell, or program that changes who runs',
  async run(subject) {
    const programs = (await subject.files()).filter(
      ({ path, kind }) => kind !== 'directory' && PROGRAM_DIRECTORY.test(path),
    );
    // Alpine's one shell is busybox, with the programs that start-up scripts need.
    const allowed = subject.image.platform.name === 'alpine' ? ['busybox'] : [];
    const found = programs.filter(({ path }) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return UNWANTED.test(name) && !allowed.includes(name);
    });
    return judge(
      found.map(({ path }) => path),
      `none of ${programs.length} programs`,
    );
  },
};
