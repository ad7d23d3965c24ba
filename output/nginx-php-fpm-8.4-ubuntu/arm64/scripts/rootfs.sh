#!/bin/sh
# Copies the packages that are needed at run time, file by file, from this stage into $rootfs.
#
# roots       packages that were asked for
# dropped     packages that are needed to install others, not to run them
# partial     packages of whose programs only those named in `programs` are copied
# programs    names of small programs
# config      directory with PHP's configuration
# php         PHP's command line
# extensions  names of the extensions that were asked for

work=$(mktemp -d)
mkdir -p "$rootfs"

# The packages asked for and all that they depend on, except through a dropped one.
dpkg-query -W -f '${db:Status-Status}\t${Package}\t${Provides}\t${Pre-Depends}, ${Depends}\n' |
  awk -F '\t' -v roots="$roots" -v dropped="$dropped" '
    function name(text) {
      sub(/[ (:].*/, "", text)
      return text
    }
    function add(package) {
      if (package in seen || package in drop) return
      seen[package] = 1
      queue[++last] = package
    }
    function want(alternatives,   list, count, i, candidate) {
      count = split(alternatives, list, / *\| */)
      for (i = 1; i <= count; i++) {
        candidate = name(list[i])
        if (candidate in depends) { add(candidate); return }
        if (candidate in provider) { add(provider[candidate]); return }
      }
    }
    $1 != "installed" { next }
    {
      depends[$2] = $4
      count = split($3, list, / *, */)
      for (i = 1; i <= count; i++) provider[name(list[i])] = $2
    }
    END {
      count = split(dropped, list, " ")
      for (i = 1; i <= count; i++) drop[list[i]] = 1
      count = split(roots, list, " ")
      for (i = 1; i <= count; i++) want(list[i])
      for (done = 1; done <= last; done++) {
        print queue[done]
        groups = split(depends[queue[done]], group, / *, */)
        for (g = 1; g <= groups; g++) if (group[g] != "") want(group[g])
      }
    }
  ' | LC_ALL=C sort >"$work/packages"

# What a running server never reads. Copyright files stay: licences ask for them.
cat >"$work/unread" <<'EOF'
^/etc/(apparmor\.d|cron\.[a-z]*|default|init\.d|logrotate\.d|ufw)(/|$)
^/etc/php/[0-9.]*/fpm/(php-fpm\.conf|pool\.d)(/|$)
^/etc/nginx/(conf\.d|modules-[a-z]*|sites-[a-z]*|snippets|nginx\.conf|fastcgi.*|koi-.*|proxy_params|scgi_params|uwsgi_params|win-utf)(/|$)
^/usr/bin/(perl|python)[^/]*$
^/usr/(games|include|local|src)(/|$)
^/(usr/)?lib/(systemd|tmpfiles\.d|sysusers\.d|udev)(/|$)
^/usr/lib/php/(sessionclean|php-helper|php-maintscript-helper|php-fpm-socket-helper)$
^/usr/lib/php/[0-9.]*/(php\.ini.*|sapi)(/|$)
^/usr/share/(bash-completion|bug|debconf|doc-base|fish|gcc|gdb|info|initramfs-tools|lintian|locale|man|menu|nginx|perl5|pixmaps|php[0-9.]*-[a-z]*|polkit-1|vim|zsh)(/|$)
^/var/(cache|lib/nginx|lib/php|lib/systemd|log|mail|www)(/|$)
EOF

is_carried() {
  case "$1" in
    /usr/share/doc/*/copyright) return 0 ;;
    /usr/share/doc/?*) return 1 ;;
  esac
  case "$partial" in
    *" $package "*) ;;
    *) return 0 ;;
  esac
  case "$1" in
    */bin/* | */sbin/*) case "$programs" in *" ${1##*/} "*) return 0 ;; *) return 1 ;; esac ;;
  esac
  return 0
}

while read -r package; do
  dpkg-query -L "$package" | while read -r path; do
    if is_carried "$path" && { [ -e "$path" ] || [ -L "$path" ]; }; then
      echo "$path"
    fi
  done
done <"$work/packages" | grep -Evf "$work/unread" | LC_ALL=C sort -u >"$work/files"

# /bin, /lib and the like are links into /usr.
for link in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$link" ]; then
    cp -P "/$link" "$rootfs/"
    mkdir -p "$rootfs/usr/$link"
  fi
done
tar -C / --no-recursion -cf - -T "$work/files" 2>/dev/null | tar -C "$rootfs" --keep-directory-symlink -xpf -

# What the installation of the packages made.
cp -a /etc/ssl "$rootfs/etc/"
# Links by which OpenSSL finds its settings and certificates: they belong to its command, which is not needed.
mkdir -p "$rootfs/usr/lib/ssl"
for link in cert.pem certs openssl.cnf private; do
  if [ -L "/usr/lib/ssl/$link" ]; then
    cp -P "/usr/lib/ssl/$link" "$rootfs/usr/lib/ssl/"
  fi
done
mkdir -p "$rootfs${config%/*}"
cp -a "$config" "$rootfs${config%/*}/"
rm -rf "$rootfs$config/fpm/pool.d" "$rootfs$config/fpm/php-fpm.conf"
ln -sf "$php" "$rootfs/usr/bin/php"

# Of the extensions that packages bring along, those that were asked for are loaded, and those that these need: PHP
# complains when one of them is missing.
loaded=$rootfs$config/cli/conf.d
complaints() {
  {
    PHP_INI_SCAN_DIR=$loaded "$php" -c "$work" -d display_startup_errors=1 -d display_errors=stderr -m >/dev/null
  } 2>&1
}
before=$(complaints)
for file in "$loaded"/*.ini; do
  name=${file##*-}
  case "$extensions" in *" ${name%.ini} "*) continue ;; esac
  mv "$file" "$work/unasked"
  if [ "$(complaints)" = "$before" ]; then
    rm -f "$work/unasked" "$rootfs$config/fpm/conf.d/${file##*/}"
  else
    mv "$work/unasked" "$file"
  fi
done
for file in ld.so.conf ld.so.conf.d localtime nsswitch.conf; do
  if [ -e "/etc/$file" ] || [ -L "/etc/$file" ]; then
    cp -a "/etc/$file" "$rootfs/etc/"
  fi
done
if [ ! -e "$rootfs/etc/nsswitch.conf" ]; then
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$rootfs/etc/nsswitch.conf"
fi
mkdir -p "$rootfs/dev" "$rootfs/proc" "$rootfs/sys"
ldconfig -r "$rootfs"

# A package database of exactly these packages, for scanners.
mkdir -p "$rootfs/var/lib/dpkg/info"
while read -r package; do
  dpkg-query -s "$package"
  echo
  dpkg-query -L "$package" | LC_ALL=C sort >"$work/list"
  LC_ALL=C comm -12 "$work/list" "$work/files" >"$rootfs/var/lib/dpkg/info/$package.list"
done <"$work/packages" >"$rootfs/var/lib/dpkg/status"
rm -rf "$work"
