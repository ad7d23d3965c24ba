import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Stands in every file that nobody may ever read. */
export const MARKER = 'never-to-be-seen-4f6c1e';

/** What a file that is served holds. */
export const PUBLIC_TEXT = 'seen by everybody\n'.repeat(100);

/** PHP files beside the front controller: they must not run, and their source must not be shown. */
export const OTHER_PHP = ['other.php', 'lib/other.php', 'old.pht', 'page.phtml', 'source.phps', 'archive.phar'];

/** Hidden files and directories. */
export const HIDDEN = ['.env', '.git/config', '.htaccess', '.user.ini', 'lib/.secret', '.svn/entries', '.DS_Store'];

/** What editors, people and tools leave beside an application. */
export const LEFT_BEHIND = [
  'index.php.bak',
  'index.php~',
  'index.php.old',
  'index.php.orig',
  'index.php.save',
  'index.php.swp',
  'index.php.1',
  'index.php_bak',
  'index.php copy',
  '#index.php#',
  'backup.sql',
  'backup.sql.gz',
  'database.dump',
  'database.sqlite',
  'dump.sqlite3',
  'debug.log',
  'settings.ini',
  'settings.yaml',
  'deploy.sh',
  'composer.lock',
  'class.inc',
  'view.twig',
];

/** Paths that lead into a script by the back door. */
export const DETOURS = [
  '/index.php/',
  '/index.php/other',
  '/INDEX.PHP',
  '/other.php/x.css',
  '/other.php%00.css',
  '/style.css/other.php',
  '/style.css/x.php',
];

/** Paths that lead out of the document root; the last ones where an alias lacks its slash. */
export const TRAVERSALS = [
  '/../outside.txt',
  '/lib/../../outside.txt',
  '/%2e%2e/outside.txt',
  '/..%2foutside.txt',
  '/lib/..%2f..%2foutside.txt',
  '//../outside.txt',
  '/..\\outside.txt',
  ...['assets', 'images', 'lib', 'static'].map((name) => `/${name}../outside.txt`),
];

/** The verification's own application, in a directory of its own. */
export class Application {
  /** Its document root. */
  readonly directory: string;

  /** A file that lies beside the document root, out of reach. */
  readonly outside: string;

  private readonly parent = mkdtempSync(join(tmpdir(), 'projen-nginx-php-verify-'));

  /** @param entryPoints paths of URLs at which its one page is served, and nowhere else */
  constructor(entryPoints: readonly string[] = ['/index.php']) {
    this.directory = join(this.parent, 'public');
    this.outside = join(this.parent, 'outside.txt');
    chmodSync(this.parent, 0o755);
    const text = `<?php echo '${MARKER}';\n`;
    [...OTHER_PHP, ...HIDDEN, ...LEFT_BEHIND].forEach((path) => this.write(path, text));
    this.write('../outside.txt', MARKER);
    this.write('style.css', PUBLIC_TEXT);
    this.write('.well-known/security.txt', PUBLIC_TEXT);
    const page = readFileSync(join(__dirname, 'assets', 'index.php'), 'utf8');
    entryPoints.forEach((path) => this.write(path, page));
  }

  remove(): void {
    rmSync(this.parent, { recursive: true, force: true });
  }

  /** A file that every user may read, whatever the umask. */
  private write(path: string, content: string): void {
    const place = join(this.directory, path);
    for (let directory = dirname(place); mkdirSync(directory, { recursive: true }) !== undefined;) {
      chmodSync(directory, 0o755);
    }
    writeFileSync(place, content);
    chmodSync(place, 0o644);
  }
}
