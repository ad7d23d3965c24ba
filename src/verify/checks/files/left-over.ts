import { judge, type Check } from '../../check';

/** Histories, caches, lists of packages, logs, keys. */
const LEFT_OVER = [
  /\/\.(?:bash|ash|sh|python|mysql|psql|node_repl)_history$/,
  /^\/var\/cache\/.+/,
  /^\/var\/lib\/apt\/lists\/.+/,
  /^\/var\/log\/.+/,
  /^\/(?:root|home)\/.+/,
  /^\/(?:tmp|run)\/.+/,
  /^\/etc\/(?:shadow|gshadow)-?$/,
  /^\/etc\/ssl\/private\/.+/,
  /\/(?:id_rsa|id_ed25519|\.npmrc|\.netrc|\.git-credentials|\.docker\/config\.json)$/,
];

export const leftOver: Check = {
  id: 'files/left-over',
  expectation: 'the build left no history, cache, log, temporary file, password or key',
  async run(subject) {
    const files = await subject.files();
    const found = files.filter(
      ({ path, kind }) => kind !== 'directory' && LEFT_OVER.some((pattern) => pattern.test(path)),
    );
    return judge(
      found.map(({ path }) => path),
      `none among ${files.length} files`,
    );
  },
};
