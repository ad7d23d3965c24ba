import { assertMatches, assertPlain } from '../template-error';

/** A value of an ini file. */
export type IniValue = string | number | boolean;

/** Part of an ini file: settings under a comment or a `[section]`. */
export interface IniSection {
  /** `global`, `www`; absent for settings without a section. */
  readonly name?: string;
  readonly comment?: string;
  readonly settings: ReadonlyArray<readonly [name: string, value: IniValue]>;
}

/** Text of a php.ini or of a file of PHP-FPM. */
export function renderIni(header: string, sections: readonly IniSection[]): string {
  assertPlain(header, 'ini: comment', "'");
  return [`; ${header}`, ...sections.flatMap((section) => ['', ...renderSection(section)])].join('\n') + '\n';
}

function renderSection(section: IniSection): string[] {
  const lines: string[] = [];
  if (section.comment !== undefined) {
    assertPlain(section.comment, 'ini: comment', "'");
    lines.push(`; ${section.comment}`);
  }
  if (section.name !== undefined) {
    assertMatches(section.name, /^[a-zA-Z0-9_-]+$/, 'ini', 'the name of a section');
    lines.push(`[${section.name}]`);
  }
  return [...lines, ...section.settings.map(([name, value]) => renderSetting(name, value))];
}

function renderSetting(name: string, value: IniValue): string {
  assertMatches(name, /^[A-Za-z_][A-Za-z0-9_.]*(?:\[[A-Za-z_][A-Za-z0-9_.]*\])?$/, 'ini', 'the name of a setting');
  return `${name} = ${renderValue(name, value)}`;
}

/** Characters that PHP's ini scanner reads as themselves without quotes. */
const BARE = /^[A-Za-z0-9_./:+@-]+$/;

/** A level of error_reporting: between quotes PHP would take it for the number 0. */
const ERROR_LEVEL = /^~?E_[A-Z_]+(?: ?[&|^] ?~?E_[A-Z_]+)*$/;

/** Words that PHP's ini scanner turns into something else. */
const KEYWORDS = /^(?:true|false|on|off|yes|no|none|null)$/i;

function renderValue(name: string, value: IniValue): string {
  if (typeof value === 'boolean') {
    return value ? 'On' : 'Off';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  assertPlain(value, `ini: ${name}`);
  assertMatches(value, /^[^;{}[\]]*$/, `ini: ${name}`, 'a value without semicolon, brace or bracket');
  return ERROR_LEVEL.test(value) || (BARE.test(value) && !KEYWORDS.test(value)) ? value : `"${value}"`;
}
