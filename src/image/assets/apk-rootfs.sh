#!/bin/sh
# Leaves in $rootfs, where apk installed the packages, what a running server needs.
#
# files     files of the base image that no package brings
# programs  names of the small programs that stay
# php       PHP's command line

[ -e "$rootfs/usr/bin/php" ] || ln -s "$php" "$rootfs/usr/bin/php"

for file in $files; do
  cp "$file" "$rootfs$file"
done

# What a running server never reads.
rm -rf "$rootfs"/etc/apk "$rootfs"/etc/crontabs "$rootfs"/etc/init.d "$rootfs"/etc/logrotate.d "$rootfs"/etc/periodic
rm -rf "$rootfs"/usr/share/doc "$rootfs"/usr/share/man "$rootfs"/var/cache/apk "$rootfs"/var/log/* "$rootfs"/var/www/*

# Of busybox's small programs only those that are named.
for link in "$rootfs"/bin/* "$rootfs"/sbin/* "$rootfs"/usr/bin/* "$rootfs"/usr/sbin/*; do
  [ -L "$link" ] || continue
  case "$(readlink "$link")" in
    */busybox | busybox) ;;
    *) continue ;;
  esac
  case "$programs" in
    *" ${link##*/} "*) ;;
    *) rm "$link" ;;
  esac
done
mkdir -p "$rootfs/dev" "$rootfs/proc" "$rootfs/sys"
