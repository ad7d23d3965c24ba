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
 * @throws Error for a line that is neither setting, section nor comment
 */
export function parseIni(text: string): readonly IniSetting[] {
  const settings: IniSetting[] = [];
  let section = '';
  text.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith(';') || line.startsWith('#')) {
      return;
    }
    const header = /^\[([^\]]+)\]\s*(?:;.*)?$/.exec(line);
    if (header) {
      section = header[1]!;
      return;
    }
    const setting = /^([^=;]+?)\s*(?:=\s*(.*))?$/.exec(line);
    if (!setting) {
      throw new Error(`line ${index + 1}: neither a setting nor a section`);
    }
    settings.push({ section, name: setting[1]!, value: valueOf(setting[2] ?? ''), line: index + 1 });
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

/** The first quoted text, or what stands before a comment. */
function valueOf(text: string): string {
  const quoted = /^"((?:\\.|[^"\\])*)"|^'([^']*)'/.exec(text);
  if (quoted) {
    return (quoted[1] ?? quoted[2] ?? '').replace(/\\(["\\])/g, '$1');
  }
  return text.replace(/\s*;.*$/, '').trim();
}
