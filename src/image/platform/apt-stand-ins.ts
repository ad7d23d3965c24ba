import type { ContextFile } from '../../model';

/** Where the stand-ins lie in the context, and where they are mounted while packages are installed. */
export const STAND_INS = { source: 'scripts/install', target: '/stand-ins' } as const;

/**
 * Programs that maintainer scripts of packages find first: the real ones start Perl or dozens of processes for each of
 * some forty files, modules and services. Where the build is emulated that takes minutes, for records that nobody reads
 * in a stage that is thrown away. The files that they leave are the same.
 */
export function standIns(): ContextFile[] {
  return [
    standIn('deb-systemd-helper', NOTHING('Stands for deb-systemd-helper: there is no systemd to enable a unit of.')),
    standIn('phpenmod', PHPENMOD),
    standIn('phpquery', PHPQUERY),
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

const PHPENMOD = `#!/bin/sh
# Stands for phpenmod as maintainer scripts call it; everything else is left to the real one.
set -eu
case "$#:$*" in
  "6:-q -v \${3-} -m -r \${6-}")
    registry=/var/lib/php/modules/$3/registry
    [ -d "$registry" ] || mkdir -p "$registry"
    : >"$registry/$6"
    ;;
  "7:-m -v \${3-} -s \${5-} -q \${7-}")
    settings=/etc/php/$3/mods-available/$7.ini
    priority=20
    while IFS='; =' read -r empty name value; do
      [ "$empty$name" != priority ] || priority=$value
    done <"$settings"
    link=/etc/php/$3/$5/conf.d/$priority-$7.ini
    [ -L "$link" ] || ln -s "$settings" "$link"
    ;;
  *) exec /usr/sbin/phpenmod "$@" ;;
esac
`;

const PHPQUERY = `#!/bin/sh
# Stands for phpquery as maintainer scripts call it; everything else is left to the real one. In a new stage no module
# is enabled yet.
set -eu
case "$#:$*" in
  "3:-S -v \${3-}")
    for sapi in "/usr/lib/php/$3/sapi"/*; do
      [ ! -e "$sapi" ] || echo "\${sapi##*/}"
    done
    ;;
  "6:-v \${2-} -s \${4-} -m \${6-}") exit 1 ;;
  *) exec /usr/sbin/phpquery "$@" ;;
esac
`;
