#!/bin/sh
# Makes the root file system of the image in /rootfs.
set -eu
umask 022
rootfs=/rootfs
context=/context
roots=" base-files ca-certificates coreutils dash libc-bin netbase nginx php8.1-bcmath php8.1-cli php8.1-common php8.1-curl php8.1-fpm php8.1-intl php8.1-mbstring php8.1-mysql php8.1-opcache php8.1-pgsql php8.1-sqlite3 php8.1-xml php8.1-zip tzdata "
dropped=" adduser debconf debianutils dictionaries-common dpkg emacsen-common gawk init-system-helpers iproute2 libsystemd-shared libtext-charwidth-perl libtext-iconv-perl libtext-wrapi18n-perl lsb-base mawk mount openssl passwd perl perl-base procps psmisc sed sensible-utils sgml-base systemd systemd-standalone-tmpfiles sysvinit-utils tar ucf usrmerge util-linux "
partial=" coreutils libc-bin "
programs=" cat chmod cp date echo env false id ln ls mkdir mv printf rm rmdir sleep test touch true "
config=/etc/php/8.1
php=/usr/bin/php8.1
extensions=" bcmath ctype curl dom exif fileinfo iconv intl json mbstring mysqlnd opcache openssl pcntl pdo pdo_mysql pdo_pgsql pdo_sqlite phar posix session simplexml sockets sodium sqlite3 tokenizer xml xmlreader xmlwriter zip "

# put MODE SOURCE TARGET: a file of the context, owned by root
put() {
  cp "$context/$2" "$rootfs$3"
  chmod "$1" "$rootfs$3"
}

# writable MODE PATH: a directory of the runtime user, and of group 0 for users of arbitrary number
writable() {
  mkdir -p "$rootfs$2"
  chown 10001:0 "$rootfs$2"
  chmod "$1" "$rootfs$2"
}

# The packages
. "$context/scripts/rootfs.sh"

# Accounts: the runtime user, and root without a shell
mkdir -p "$rootfs/etc"
cat >"$rootfs/etc/passwd" <<EOF
root:x:0:0:root:/:/sbin/nologin
www-data:x:10001:10001::/nonexistent:/sbin/nologin
nobody:x:65534:65534::/nonexistent:/sbin/nologin
EOF
cat >"$rootfs/etc/group" <<EOF
root:x:0:
www-data:x:10001:
nogroup:x:65534:
EOF
chmod 0644 "$rootfs/etc/passwd" "$rootfs/etc/group"
rm -f "$rootfs/etc/shadow" "$rootfs/etc/gshadow" "$rootfs"/etc/*-

# Files of this image
for directory in /etc /etc/nginx /etc/php/8.1/cli /etc/php/8.1/fpm /etc/s6-overlay/s6-rc.d/configure /etc/s6-overlay/s6-rc.d/configure/dependencies.d /etc/s6-overlay/s6-rc.d/nginx /etc/s6-overlay/s6-rc.d/nginx/data /etc/s6-overlay/s6-rc.d/nginx/dependencies.d /etc/s6-overlay/s6-rc.d/php-fpm /etc/s6-overlay/s6-rc.d/php-fpm/data /etc/s6-overlay/s6-rc.d/php-fpm/dependencies.d /etc/s6-overlay/user-bundles.d/user/contents.d /usr/local/lib /usr/local/share; do
  mkdir -p "$rootfs$directory"
done
put 0644 config/fastcgi.conf /etc/nginx/fastcgi.conf
put 0644 config/php-cli.ini /etc/php/8.1/cli/php.ini
put 0644 config/php.ini /etc/php/8.1/fpm/php.ini
put 0644 config/runtime-settings.php /usr/local/share/runtime-settings.php
put 0644 config/security-headers.conf /etc/nginx/security-headers.conf
put 0644 nginx.conf /etc/nginx/nginx.conf
put 0644 php-fpm.conf /etc/php-fpm.conf
put 0644 s6-overlay/s6-rc.d/configure/dependencies.d/base /etc/s6-overlay/s6-rc.d/configure/dependencies.d/base
put 0644 s6-overlay/s6-rc.d/configure/type /etc/s6-overlay/s6-rc.d/configure/type
put 0644 s6-overlay/s6-rc.d/configure/up /etc/s6-overlay/s6-rc.d/configure/up
put 0755 s6-overlay/s6-rc.d/nginx/data/check /etc/s6-overlay/s6-rc.d/nginx/data/check
put 0644 s6-overlay/s6-rc.d/nginx/dependencies.d/base /etc/s6-overlay/s6-rc.d/nginx/dependencies.d/base
put 0644 s6-overlay/s6-rc.d/nginx/dependencies.d/configure /etc/s6-overlay/s6-rc.d/nginx/dependencies.d/configure
put 0644 s6-overlay/s6-rc.d/nginx/dependencies.d/php-fpm /etc/s6-overlay/s6-rc.d/nginx/dependencies.d/php-fpm
put 0644 s6-overlay/s6-rc.d/nginx/down-signal /etc/s6-overlay/s6-rc.d/nginx/down-signal
put 0755 s6-overlay/s6-rc.d/nginx/finish /etc/s6-overlay/s6-rc.d/nginx/finish
put 0644 s6-overlay/s6-rc.d/nginx/notification-fd /etc/s6-overlay/s6-rc.d/nginx/notification-fd
put 0755 s6-overlay/s6-rc.d/nginx/run /etc/s6-overlay/s6-rc.d/nginx/run
put 0644 s6-overlay/s6-rc.d/nginx/timeout-kill /etc/s6-overlay/s6-rc.d/nginx/timeout-kill
put 0644 s6-overlay/s6-rc.d/nginx/type /etc/s6-overlay/s6-rc.d/nginx/type
put 0755 s6-overlay/s6-rc.d/php-fpm/data/check /etc/s6-overlay/s6-rc.d/php-fpm/data/check
put 0644 s6-overlay/s6-rc.d/php-fpm/dependencies.d/base /etc/s6-overlay/s6-rc.d/php-fpm/dependencies.d/base
put 0644 s6-overlay/s6-rc.d/php-fpm/dependencies.d/configure /etc/s6-overlay/s6-rc.d/php-fpm/dependencies.d/configure
put 0644 s6-overlay/s6-rc.d/php-fpm/down-signal /etc/s6-overlay/s6-rc.d/php-fpm/down-signal
put 0755 s6-overlay/s6-rc.d/php-fpm/finish /etc/s6-overlay/s6-rc.d/php-fpm/finish
put 0644 s6-overlay/s6-rc.d/php-fpm/notification-fd /etc/s6-overlay/s6-rc.d/php-fpm/notification-fd
put 0755 s6-overlay/s6-rc.d/php-fpm/run /etc/s6-overlay/s6-rc.d/php-fpm/run
put 0644 s6-overlay/s6-rc.d/php-fpm/timeout-kill /etc/s6-overlay/s6-rc.d/php-fpm/timeout-kill
put 0644 s6-overlay/s6-rc.d/php-fpm/type /etc/s6-overlay/s6-rc.d/php-fpm/type
put 0644 s6-overlay/user-bundles.d/user/contents.d/configure /etc/s6-overlay/user-bundles.d/user/contents.d/configure
put 0644 s6-overlay/user-bundles.d/user/contents.d/nginx /etc/s6-overlay/user-bundles.d/user/contents.d/nginx
put 0644 s6-overlay/user-bundles.d/user/contents.d/php-fpm /etc/s6-overlay/user-bundles.d/user/contents.d/php-fpm
put 0644 scripts/configure.php /usr/local/lib/configure.php
put 0644 scripts/healthcheck.php /usr/local/lib/healthcheck.php
put 0644 scripts/listening.php /usr/local/lib/listening.php

# Directories that the running server may write to
writable 0770 /data
writable 0775 /run
writable 1777 /tmp
writable 0770 /var/lib/php/sessions
mkdir -p "$rootfs/var/www/html/public"
rm -rf "$rootfs/var/run" "$rootfs/var/tmp"
ln -s /run "$rootfs/var/run"
ln -s /tmp "$rootfs/var/tmp"

# No file gives rights that its caller does not have, and only its owner writes
find "$rootfs" -xdev -type f -perm /6000 -exec chmod a-s {} +
find "$rootfs" -xdev -type f -perm /0022 -exec chmod go-w {} +
find "$rootfs" -xdev \( -path "$rootfs/data" -o -path "$rootfs/run" -o -path "$rootfs/tmp" -o -path "$rootfs/var/lib/php/sessions" \) -prune -o -type d -perm /6022 -exec chmod a-s,go-w {} +
