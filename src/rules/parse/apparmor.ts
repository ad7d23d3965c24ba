/** A profile of AppArmor, as its parser takes it apart. */
export interface AppArmorProfile {
  readonly name: string;
  /** `attach_disconnected` */
  readonly flags: readonly string[];
  /** Without the comma at their end; spaces are one. */
  readonly rules: readonly string[];
}

/**
 * Reads the profiles of a file; rules of a block inside of one count as its own.
 *
 * @throws Error where braces do not match
 */
export function parseAppArmor(text: string): readonly AppArmorProfile[] {
  const profiles: Array<AppArmorProfile & { rules: string[] }> = [];
  let depth = 0;
  for (const item of split(text)) {
    if (item === '}') {
      depth -= 1;
    } else if (item.endsWith(' {')) {
      depth += 1;
      profiles.push(toProfile(item.slice(0, -2)));
    } else if (depth > 0) {
      profiles.at(-1)!.rules.push(item);
    }
    if (depth < 0) {
      throw new Error('a closing brace without an opening one');
    }
  }
  if (depth !== 0) {
    throw new Error('a block without its closing brace');
  }
  return profiles;
}

function toProfile(head: string): AppArmorProfile & { rules: string[] } {
  const [, flags = ''] = /\bflags\s*=\s*\(([^)]*)\)/.exec(head) ?? [];
  const [, name = ''] = /^(?:(?:profile|hat) )?("[^"]*"|\S*)/.exec(head) ?? [];
  return { name: name.replace(/"/g, ''), flags: flags.split(/[\s,]+/).filter((flag) => flag !== ''), rules: [] };
}

/** A comment, with the comma that it may stand right behind; a quoted text, in which none begins, is passed over. */
const COMMENT = /("[^"\n]*")|^\s*#(?!include\b).*$|(?:(,)|\s)#(?!include\b).*$/gm;

/** Rules, heads of blocks with their brace, and closing braces. A brace within a word is a choice of a path. */
function split(text: string): string[] {
  const plain = text.replace(COMMENT, '$1$2').replace(/^\s*#?include\b.*$|^\s*abi\b.*$/gm, '');
  const items: string[] = [];
  let begin = 0;
  let inner = 0;
  for (const { 0: character, index } of plain.matchAll(/"[^"\n]*"|[,(){}]/g)) {
    if (inner === 0 && (',}'.includes(character) || (character === '{' && isBlock(plain, index)))) {
      const item = words(plain.slice(begin, index));
      items.push(character === ',' ? item : `${item} ${character}`.trim());
      begin = index + 1;
    } else if ('(){}'.includes(character)) {
      inner += '({'.includes(character) ? 1 : -1;
    }
  }
  return [...items, words(plain.slice(begin))].filter((one) => one !== '');
}

/** Whether a brace opens a block: the choices of a path stand within it, behind a slash or another of its letters. */
function isBlock(text: string, index: number): boolean {
  return /[\s")]/.test(text[index - 1] ?? ' ');
}

function words(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
