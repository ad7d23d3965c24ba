import type { Construct } from 'constructs';
import { CronJob } from './cron-job';
import { makeDirectories } from './make-directories';
import { requireExtensions } from './required-extensions';
import { ImageConstruct, ImagePart, PATHS } from '../image';

/** What of WordPress runs in an image. */
export interface WordPressProps {
  /**
   * Whether the administration can be entered.
   *
   * @default true
   */
  readonly admin?: boolean;
  /**
   * When `wp-cron.php` runs; then wp-config.php says `define('DISABLE_WP_CRON', true)`.
   *
   * @default - every five minutes
   */
  readonly cron?: string;
  /**
   * Entry points beside those of WordPress itself, such as `/xmlrpc.php`.
   *
   * @default - none
   */
  readonly entryPoints?: readonly string[];
}

/** wp_check_php_mysql_versions: without mysqli nothing of WordPress runs; json and hash PHP has, or the base. */
const EXTENSIONS = ['json', 'mysqli'];

/** On the volume that every image has. */
const UPLOADS = '/data/uploads';

const PUBLIC = ['/index.php', '/wp-login.php', '/wp-comments-post.php'];

/**
 * Pages of the administration, as wp-admin of WordPress 7.2 has them; the rest is included by them. Left out are those
 * that change code, which is read-only (update, update-core, plugin-install, plugin-editor, theme-install, theme-editor),
 * those of an installation (install, setup-config) and of a network of sites (my-sites, network, ms-*).
 */
const ADMIN = [
  'about',
  'admin',
  'admin-ajax',
  'admin-post',
  'async-upload',
  'authorize-application',
  'comment',
  'contribute',
  'credits',
  'customize',
  'edit',
  'edit-comments',
  'edit-tags',
  'erase-personal-data',
  'export',
  'export-personal-data',
  'font-library',
  'freedoms',
  'import',
  'index',
  'link',
  'link-add',
  'link-manager',
  'load-scripts',
  'load-styles',
  'media',
  'media-new',
  'media-upload',
  'moderation',
  'nav-menus',
  'options',
  'options-connectors',
  'options-discussion',
  'options-general',
  'options-media',
  'options-permalink',
  'options-privacy',
  'options-reading',
  'options-writing',
  'plugins',
  'post',
  'post-new',
  'privacy',
  'privacy-policy-guide',
  'profile',
  'revision',
  'site-editor',
  'site-health',
  'term',
  'themes',
  'tools',
  'upgrade',
  'upload',
  'user-edit',
  'user-new',
  'users',
  'widgets',
].map((page) => `/wp-admin/${page}.php`);

/**
 * WordPress, in whose code nothing is written: its entry points, and wp-cron by the scheduler. `wp-content/uploads` of
 * the code is a symbolic link to /data/uploads; no PHP runs there. Plugins and themes come with the code.
 *
 * @see https://developer.wordpress.org/plugins/cron/hooking-wp-cron-into-the-system-task-scheduler/ for DISABLE_WP_CRON
 */
export class WordPress extends ImagePart {
  constructor(scope: Construct, id = 'word-press', props: WordPressProps = {}) {
    super(scope, id);
    const { admin = true, cron = '*/5 * * * *', entryPoints = [] } = props;
    const image = ImageConstruct.of(this);
    requireExtensions(this, 'WordPress', EXTENSIONS);
    image.configure(
      {
        nginx: {
          documentRoot: PATHS.application,
          entryPoints: [...PUBLIC, ...(admin ? ADMIN : []), ...entryPoints],
        },
      },
      'preset WordPress',
    );
    this.addOneShot({ name: 'wordpress-uploads', command: makeDirectories([UPLOADS]) });
    new CronJob(this, 'wp-cron', { schedule: cron, command: ['php', `${PATHS.application}/wp-cron.php`] });
  }
}
