import { closest, distance } from 'fastest-levenshtein';
import { own } from './order';

/** What is known of the names of PHP's settings. */
interface PhpSettingNames {
  readonly sources: readonly string[];
  /** First parts of names that PHP itself gives; an extension of others may have settings that nobody here knows. */
  readonly bundled: readonly string[];
  /** The PHP version that began to complain of a setting. */
  readonly deprecated: Readonly<Record<string, string>>;
  readonly names: readonly string[];
}

/** So few letters apart, a name was meant to be the other. */
const TYPING_ERROR = 2;

let facts: PhpSettingNames | undefined;

let known: ReadonlySet<string> | undefined;

/**
 * The setting that is meant by a name which no PHP of the catalogue knows; undefined for a known one, and for one of an
 * extension that the catalogue does not know. PHP takes no notice of such a name, whatever it was to protect.
 */
export function misspeltPhpSetting(name: string): string | undefined {
  known ??= new Set(load().names);
  if (known.has(name)) {
    return undefined;
  }
  const { names, bundled } = load();
  const nearest = closest(name.toLowerCase(), [...names]);
  const [prefix = ''] = name.toLowerCase().split('.');
  const isOfPhp = !name.includes('.') || bundled.includes(prefix);
  return isOfPhp || distance(name.toLowerCase(), nearest) <= TYPING_ERROR ? nearest : undefined;
}

/** The PHP version that began to complain of a setting; undefined where none does. */
export function phpSettingDeprecatedSince(name: string): string | undefined {
  return own(load().deprecated, name);
}

function load(): PhpSettingNames {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy, as all facts are
  return (facts ??= require('./data/php-settings.json') as PhpSettingNames);
}
