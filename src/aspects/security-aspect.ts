import type { IConstruct } from 'constructs';
import { GRANTABLE_SETTINGS, PROCESS_FUNCTIONS, type Grant } from '../config';
import { ImageConstruct } from '../image';
import type { IniValue } from '../model';
import type { Aspect } from './aspect';

/**
 * Hardens every image: sets what is not set. It belongs to every tree, whoever made it, and nothing takes it out; what
 * it finds set otherwise it leaves, and the rules refuse it.
 */
export class SecurityAspect implements Aspect {
  visit(node: IConstruct): void {
    if (ImageConstruct.tryOf(node) !== node) {
      return;
    }
    const { php, config } = node as ImageConstruct;
    for (const [name, value] of hardSettings(config.php.grants)) {
      if (!php.adminSettings.has(name)) {
        php.adminSettings.set(name, value);
      }
    }
  }
}

/** Settings of PHP for web requests; a grant leaves one to PHP's default and to the application, or frees a function. */
function hardSettings(grants: readonly Grant[]): ReadonlyArray<readonly [string, IniValue]> {
  const functions = new Set(grants.flatMap((grant) => ('function' in grant ? [grant.function] : [])));
  const settings = new Set<string>(grants.flatMap((grant) => ('setting' in grant ? [grant.setting] : [])));
  const fixed = Object.entries(GRANTABLE_SETTINGS).filter(([name]) => !settings.has(name));
  const disabled = functions.size === 0 ? ALL_FUNCTIONS : listWithout(functions);
  return [...HARD, ...fixed, ['disable_functions', disabled]];
}

function listWithout(granted: ReadonlySet<string>): string {
  return PROCESS_FUNCTIONS.filter((name) => !granted.has(name)).join(',');
}

/** The same text for all images that have no grant. */
const ALL_FUNCTIONS = listWithout(new Set());

const HARD: ReadonlyArray<readonly [string, IniValue]> = [
  ['allow_url_include', false],
  ['cgi.fix_pathinfo', false],
  ['display_errors', false],
  ['display_startup_errors', false],
  ['enable_dl', false],
  ['error_log', '/proc/self/fd/2'],
  ['expose_php', false],
  ['html_errors', false],
  ['log_errors', true],
  ['session.cookie_httponly', true],
  ['session.use_only_cookies', true],
  ['session.use_strict_mode', true],
  ['session.use_trans_sid', false],
];
