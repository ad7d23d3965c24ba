#!/bin/sh
# Adds the package repository sury, for the packages of PHP alone, unless its key has expired.
set -eu
umask 022

# The file of the key is pinned by its checksum; its fingerprint is 15058500A0235D97F5D10063B188E2B695BD4743.
if [ "$(date -u +%Y%m%d)" -gt 20280204 ]; then
  echo 'The key of https://packages.sury.org/php/ expired on 2028-02-04: refresh the catalogue, synthesize and build again.' >&2
  exit 1
fi

cat >/etc/apt/sources.list.d/sury.sources <<EOF
Types: deb
URIs: https://packages.sury.org/php/
Suites: trixie
Components: main
Signed-By: /etc/apt/keyrings/sury.gpg
EOF

cat >/etc/apt/preferences.d/sury <<EOF
Package: *
Pin: origin packages.sury.org
Pin-Priority: -1

Package: php*
Pin: origin packages.sury.org
Pin-Priority: 600
EOF
