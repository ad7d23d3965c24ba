import { flatMap } from '../../config/flat-map';
import { onceFor } from '../../config/once-for';
import { PATHS } from '../../image';
import { isOff, isOn, parseIni, type IniSetting } from '../parse/ini';
import type { Finding } from '../rule';
import type { RuleContext, RuleSubject } from '../rule-subject';
import { installedFiles } from '../supervisor/installed-files';

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

/** A line of the configuration of PHP-FPM. */
export interface PoolSetting extends IniSetting {
  readonly file: string;
}

/** What PHP-FPM reads. */
export interface FpmConfig {
  /** As findings name it: `amd64/php-fpm.conf` */
  readonly file: string;
  readonly global: readonly PoolSetting[];
  readonly pools: ReadonlyArray<{ readonly name: string; readonly settings: readonly PoolSetting[] }>;
  /** Includes of what the context does not have. */
  readonly unread: readonly PoolSetting[];
}

/** Includes that nest deeper than that are none that PHP-FPM would read. */
const DEPTH = 4;

/** The configuration of PHP-FPM, includes and all; a section that comes twice goes on. */
export const fpmConfig = onceFor(readFpm);

function readFpm(context: RuleContext, subject: RuleSubject): FpmConfig {
  const files = new Map(installedFiles(context, subject).map((file) => [file.target, file]));
  const installed = files.get(PATHS.fpmConfig);
  const unread: PoolSetting[] = [];
  // A file that includes itself would never end.
  const read = (
    settings: readonly IniSetting[],
    file: string,
    open: readonly string[],
    around: string,
  ): PoolSetting[] =>
    flatMap(settings, (setting) => {
      const { name, value, line } = setting;
      const placed = { name, value, line, section: setting.section || around, file: `${file}:${line}` };
      if (name !== 'include' || value === PATHS.fpmRuntime) {
        return [placed];
      }
      const included = files.get(value);
      if (!included || open.includes(value) || open.length > DEPTH) {
        unread.push(placed);
        return [];
      }
      return read(parseIni(included.text), included.file, [...open, value], placed.section);
    });
  const file = installed?.file ?? context.pathOf('php-fpm.conf');
  const all = read(installed ? parseIni(installed.text) : context.ini('php-fpm.conf'), file, [PATHS.fpmConfig], '');
  const isGlobal = ({ section }: IniSetting): boolean => section === '' || section.toLowerCase() === 'global';
  const names = [...new Set(all.filter((setting) => !isGlobal(setting)).map(({ section }) => section))];
  return {
    file,
    global: all.filter(isGlobal),
    pools: names.map((name) => ({ name, settings: all.filter(({ section }) => section === name) })),
    unread,
  };
}

/** Settings of php.ini, and of further files that PHP-FPM reads beside it. */
export function iniSettings(context: RuleContext, subject: RuleSubject): PhpSetting[] {
  const beside = installedFiles(context, subject)
    .filter(({ target, file }) => target.endsWith('.ini') && !/\/cli\//.test(target) && !isOwnIni(context, file))
    .flatMap(({ text, file }) => parseIni(text).map((setting) => toSetting(setting, setting.name, file, true)));
  return [
    ...context
      .ini('config/php.ini')
      .map((setting) => toSetting(setting, setting.name, context.pathOf('config/php.ini'), true)),
    ...beside,
  ];
}

/**
 * Every setting that reaches a web request: php.ini of PHP-FPM, then the pools, whose word is the last. A name that is
 * set twice comes twice.
 */
export const webSettings = onceFor((context: RuleContext, subject: RuleSubject): readonly PhpSetting[] => {
  const { pools } = fpmConfig(context, subject);
  return [...iniSettings(context, subject), ...pools.flatMap(({ settings }) => poolSettings(settings))];
});

/** The same by their names in lower case. */
const webSettingsByName = onceFor((context: RuleContext, subject: RuleSubject) => {
  const byName = new Map<string, PhpSetting[]>();
  for (const setting of webSettings(context, subject)) {
    const name = setting.name.toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), setting]);
  }
  return byName;
});

/** The settings of PHP in a pool. */
export const poolSettings = onceFor((settings: readonly PoolSetting[]): readonly PhpSetting[] =>
  flatMap(settings, ofPool),
);

/** The settings of the command line. */
export function cliSettings(context: RuleContext): PhpSetting[] {
  const path = 'config/php-cli.ini';
  return context.ini(path).map((setting) => toSetting(setting, setting.name, context.pathOf(path), true));
}

/** What has to be fixed in every pool so that the application cannot change it, and is nowhere said otherwise. */
export function findSoft(context: RuleContext, subject: RuleSubject, name: string, hard: boolean): Finding[] {
  const isHard = (value: string): boolean => (hard ? isOn(value) : isOff(value));
  return findUnfixed(context, subject, name, isHard, hard ? 'On' : 'Off');
}

/** The same for a value of any kind. */
export function findUnfixed(
  context: RuleContext,
  subject: RuleSubject,
  name: string,
  isRight: (value: string) => boolean,
  wanted: string,
): Finding[] {
  const { pools, file } = fpmConfig(context, subject);
  const wrong = (webSettingsByName(context, subject).get(name) ?? [])
    .filter((setting) => !isRight(setting.value))
    .map((setting) => ({ file: setting.file, what: `${name} is ${setting.value || 'empty'}, not ${wanted}` }));
  const loose = pools
    .filter(({ settings }) => !poolSettings(settings).some((setting) => setting.name === name && !setting.open))
    .map((pool) => ({
      file,
      what: `${name} is not fixed by php_admin_flag or php_admin_value in the pool ${pool.name}`,
    }));
  return [...wrong, ...loose, ...(pools.length === 0 ? [{ file, what: 'PHP-FPM has no pool' }] : [])];
}

function isOwnIni(context: RuleContext, file: string): boolean {
  return ['config/php.ini', 'config/php-cli.ini'].some((path) => file === context.pathOf(path));
}

function ofPool(setting: PoolSetting): PhpSetting[] {
  if (!setting.name.startsWith('php_')) {
    return [];
  }
  const [, admin, name] = /^php_(admin_)?(?:flag|value)\[([^\]]*)\]$/.exec(setting.name) ?? [];
  return name === undefined ? [] : [{ name, value: setting.value, open: admin === undefined, file: setting.file }];
}

function toSetting({ value, line }: IniSetting, name: string, file: string, open: boolean): PhpSetting {
  return { name, value, open, file: `${file}:${line}` };
}
