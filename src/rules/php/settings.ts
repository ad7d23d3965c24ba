import { isOff, isOn, type IniSetting } from '../parse/ini';
import type { Finding } from '../rule';
import type { RuleContext } from '../rule-subject';

/** A setting of PHP in a file of the context. */
export interface PhpSetting {
  /** `memory_limit` */
  readonly name: string;
  readonly value: string;
  /** Whether the application could change it by ini_set. */
  readonly open: boolean;
  /** `amd64/config/php.ini:12` */
  readonly file: string;
}

/**
 * Every setting that reaches a web request: php.ini of PHP-FPM, then the pool, whose word is the last. A name that is
 * set twice comes twice.
 */
export function webSettings(context: RuleContext): PhpSetting[] {
  const pool = context.ini('php-fpm.conf').flatMap((setting) => {
    const match = /^php_(admin_)?(?:flag|value)\[([^\]]+)\]$/.exec(setting.name);
    return match ? [at(context, 'php-fpm.conf', setting, match[2]!, match[1] === undefined)] : [];
  });
  return [
    ...context.ini('config/php.ini').map((setting) => at(context, 'config/php.ini', setting, setting.name, true)),
    ...pool,
  ];
}

/** The settings of the command line. */
export function cliSettings(context: RuleContext): PhpSetting[] {
  return context
    .ini('config/php-cli.ini')
    .map((setting) => at(context, 'config/php-cli.ini', setting, setting.name, true));
}

/** What has to stand in the pool so that the application cannot change it, and is nowhere said otherwise. */
export function findSoft(context: RuleContext, name: string, hard: boolean): Finding[] {
  const settings = webSettings(context).filter((setting) => setting.name.toLowerCase() === name);
  const isHard = (setting: PhpSetting): boolean => (hard ? isOn(setting.value) : isOff(setting.value));
  const soft = settings
    .filter((setting) => !isHard(setting))
    .map(({ file, value }) => ({ file, what: `${name} is ${value || 'empty'}, not ${hard ? 'On' : 'Off'}` }));
  return settings.some((setting) => !setting.open)
    ? soft
    : [...soft, { file: context.pathOf('php-fpm.conf'), what: `${name} is not fixed by php_admin_flag` }];
}

function at(context: RuleContext, path: string, { value, line }: IniSetting, name: string, open: boolean): PhpSetting {
  return { name, value, open, file: `${context.pathOf(path)}:${line}` };
}
