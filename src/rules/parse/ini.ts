/** A setting of an ini file: php.ini, or a pool of PHP-FPM. */
export interface IniSetting {
  /** Section, in brackets; empty before the first. */
  readonly section: string;
  /** `memory_limit`, `php_admin_value[error_log]` */
  readonly name: string;
  /** Without its quotes. */
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/**
 * Reads an ini file, as PHP does as far as names and values go. A later setting of one name takes the place of an
 * earlier one; both are listed.
 *
 * What PHP reads in a way of its own (a quoted value over several lines, one put together of parts) is refused rather
 * than read wrongly: a setting could hide there.
 *
 * @throws Error for a line that is neither setting, section nor comment
 */
export function parseIni(text: string): readonly IniSetting[] {
  const settings: IniSetting[] = [];
  let section = '';
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = withoutBlanks(raw);
    if (line === '' || line.startsWith(';')) {
      return;
    }
    const header = /^\[([^\]'"\\$\0]+)\][ \t]*(?:;.*)?$/.exec(line);
    if (header) {
      section = withoutBlanks(header[1]!);
      return;
    }
    const setting = SETTING.exec(line);
    if (!setting) {
      throw new Error(`line ${index + 1}: neither a setting nor a section`);
    }
    const [, name, offset, value] = setting;
    if (value === undefined) {
      // A name alone sets nothing.
      return;
    }
    settings.push({
      section,
      name: offset === undefined ? withoutBlanks(name!) : `${withoutBlanks(name!)}[${withoutBlanks(offset)}]`,
      value: valueOf(value, index + 1),
      line: index + 1,
    });
  });
  return settings;
}

/** Whether a value counts as true for PHP. */
export function isOn(value: string): boolean {
  return /^(?:1|on|true|yes)$/i.test(value);
}

/** Whether a value counts as false for PHP. */
export function isOff(value: string): boolean {
  return /^(?:0|off|false|no|none|null|)$/i.test(value);
}

/** A name of characters that mean nothing else to PHP, with an offset where there is one. */
const SETTING = /^([^=;&|^$~(){}!"'[\]\t\0]+)[ \t]*(?:\[([^\]'"\\;$\0]*)\][ \t]*)?(?:=[ \t]*(.*))?$/;

/** What PHP takes for blanks; a name with others around it is another name. */
function withoutBlanks(text: string): string {
  return /^[ \t]|[ \t]$/.test(text) ? text.replace(/^[ \t]+|[ \t]+$/g, '') : text;
}

/** One quoted text, or what stands before a comment. */
function valueOf(text: string, line: number): string {
  const quoted = /^(?:"((?:\\.|[^"\\])*)"|'([^']*)')[ \t]*(?:;.*)?$/.exec(text);
  if (quoted) {
    return quoted[1]?.replace(/\\(["\\])/g, '$1') ?? quoted[2]!;
  }
  const bare = text.replace(/[ \t]*;.*$/, '');
  if (/["']/.test(bare)) {
    throw new Error(`line ${line}: a quotation mark in the midst of a value, or one without its pair`);
  }
  return bare;
}
