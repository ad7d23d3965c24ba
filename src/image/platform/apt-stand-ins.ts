import type { ContextFile } from '../../model';

/** Where the stand-ins lie in the context, and where they are mounted while packages are installed. */
export const STAND_INS = { source: 'scripts/install', target: '/stand-ins' } as const;

/**
 * Programs that maintainer scripts of packages find first: the real ones start Perl for each of some forty files and
 * services, which takes minutes where the build is emulated, for records that nobody reads in a stage that is thrown
 * away.
 */
export function standIns(): ContextFile[] {
  return [
    standIn('deb-systemd-helper', NOTHING('Stands for deb-systemd-helper: there is no systemd to enable a unit of.')),
    standIn('ucf', UCF),
    standIn('ucfr', NOTHING('Stands for ucfr: nobody asks to which package a file of this stage belongs.')),
  ];
}

/** Directories of programs for maintainer scripts: those that apt gives, after the stand-ins. */
export const INSTALL_PATH = `${STAND_INS.target}:/usr/sbin:/usr/bin:/sbin:/bin`;

function standIn(name: string, content: string): ContextFile {
  return { path: `${STAND_INS.source}/${name}`, content, executable: true };
}

const NOTHING = (why: string): string => `#!/bin/sh\n# ${why}\nexit 0\n`;

const UCF = `#!/bin/sh
# Stands for ucf [OPTIONS] SOURCE TARGET: here nobody has changed a file, so it is put in its place, unless there is one.
set -eu
while [ "$#" -gt 2 ]; do shift; done
[ "$#" -eq 2 ] || exit 0
[ -e "$2" ] || cp -p "$1" "$2"
`;
