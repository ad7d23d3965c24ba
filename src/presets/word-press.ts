import type { Construct } from 'constructs';
import { CronJob } from './cron-job';
import { makeDirectories } from './make-directories';
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

/** On the volume that every image has. */
const UPLOADS = '/data/uploads';

const PUBLIC = ['/index.php', '/wp-login.php', '/wp-comments-post.php'];

/** Pages of the administration; the rest of wp-admin is included by them, and answers 404 by itself. */
const ADMIN = [
  'admin-ajax',
  'admin-post',
  'admin',
  'async-upload',
  'comment',
  'customize',
  'edit-comments',
  'edit-tags',
  'edit',
  'export',
  'import',
  'index',
  'load-scripts',
  'load-styles',
  'media-new',
  'media-upload',
  'nav-menus',
  'options-discussion',
  'options-general',
  'options-media',
  'options-permalink',
  'options-privacy',
  'options-reading',
  'options-writing',
  'options',
  'plugins',
  'post-new',
  'post',
  'privacy',
  'profile',
  'revision',
  'site-editor',
  'site-health',
  'term',
  'themes',
  'tools',
  'upload',
  'user-edit',
  'user-new',
  'users',
  'widgets',
].map((page) => `/wp-admin/${page}.php`);

/**
 * WordPress, in whose code nothing is written: its entry points, and wp-cron by the scheduler. `wp-content/uploads` of
 * the code is a symbolic link to /data/uploads; no PHP runs there. Plugins and themes come with the code.
 */
export class WordPress extends ImagePart {
  constructor(scope: Construct, id = 'word-press', props: WordPressProps = {}) {
    super(scope, id);
    const { admin = true, cron = '*/5 * * * *', entryPoints = [] } = props;
    const image = ImageConstruct.of(this);
    if (!image.config.php.extensions.includes('mysqli')) {
      this.addProblem({
        what: 'WordPress reaches its database by the extension mysqli, which the image does not have',
        next: "add 'mysqli' to php.extensions",
      });
    }
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
