fail() {
  echo "application: $*" >&2
  exit 1
}

if [ -z "$(ls -A "$source")" ]; then
  fail 'its directory was not given: docker buildx build --build-context application=DIRECTORY ...'
fi

# What was named; of directories nothing that begins with a dot, such as .git and .env.
for path in $paths; do
  if [ ! -e "$source/$path" ] && [ ! -L "$source/$path" ]; then
    fail "$path is not there, and images.ts names it"
  fi
  target=$code/$path
  mkdir -p "${target%/*}"
  cp -R -P "$source/$path" "$target"
  if [ -d "$target" ] && [ ! -L "$target" ]; then
    find "$target" -mindepth 1 -name '.*' ! -name .well-known -prune -exec rm -rf {} +
  fi
done

# Whoever may pull the image could read it.
keys=$(grep -rlE '^-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----' "$code" || true)
if [ -n "$keys" ]; then
  fail "private keys belong into no image; mount them when the container starts: $keys"
fi

# The packages of composer.lock, without those for development. Scripts of composer.json do not run.
if [ -n "$composer" ]; then
  home=$(mktemp -d)
  if [ -e "$credentials" ]; then
    ln -s "$credentials" "$home/auth.json"
  fi
  COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_HOME=$home COMPOSER_CACHE_DIR=/dev/null \
    "$php" -d memory_limit=-1 "$composer" install --working-dir="$code" --no-dev --no-scripts --classmap-authoritative \
    --prefer-dist --no-interaction --no-progress --no-ansi
  rm -rf "$home"
fi

# Modes that do not depend on whoever builds.
find "$code" -type d -exec chmod 0755 {} +
find "$code" -type f -perm -0100 -exec chmod 0755 {} +
find "$code" -type f ! -perm -0100 -exec chmod 0644 {} +
