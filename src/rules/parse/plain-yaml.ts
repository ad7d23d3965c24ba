/** A text that is more than this reader reads. */
const OTHER = Symbol('other');

/** `key:` and what follows; a key that needs no quotes. */
const PAIR = /^([A-Za-z_$][A-Za-z0-9_./$-]*):(?: (\S.*))?$/;

/** One value on its line: no comment, no further key, nothing that YAML has another meaning for. */
const PLAIN = /^(?:[A-Za-z0-9/$._+]|-[A-Za-z])(?:(?!: |:$| #)[\x20-\x7e])*$/;

/** What YAML takes for something else than text, or might: capitals and short forms are left to the whole reader. */
const SPECIAL = /^(?:true|false|null|yes|no|on|off|y|n|[-+]?\.inf|\.nan)$/i;
const LONGEST_SPECIAL = 5;
const NUMBER_LIKE = /^[-+.0-9][0-9a-fA-FxXoO_.eE+-]*$/;

/** A line that may stand anywhere but in a text of several lines. */
const APART = /^(?:#.*)?$/m;

/**
 * Reads a document of block mappings, block lists, values on one line and texts of several lines (`|`), of ASCII alone: the
 * YAML that is written here.
 * Undefined for every other text, which is for a reader of the whole of YAML; what this one gives, that one gives too.
 */
export function readPlainYaml(text: string): unknown {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0 || lines.some((line) => /[^\x20-\x7e]| $|^%|^\.\.\./.test(line))) {
    return undefined;
  }
  try {
    // Where such lines are at the beginning alone, none stands in a text.
    const mayHaveTexts = text.endsWith('\n') && !APART.test(text.replace(/^(?:(?:#.*)?\n)*/, '').slice(0, -1));
    const reader = new PlainReader(lines, mayHaveTexts);
    const value = reader.readBlock(0);
    return reader.isDone ? value : undefined;
  } catch (error) {
    if (error === OTHER) {
      return undefined;
    }
    throw error;
  }
}

class PlainReader {
  private readonly lines: Array<{ readonly indent: number; readonly text: string }>;

  private next = 0;

  constructor(
    lines: readonly string[],
    private readonly mayHaveTexts: boolean,
  ) {
    this.lines = lines.map((line) => {
      const text = line.trimStart();
      return { indent: line.length - text.length, text };
    });
  }

  get isDone(): boolean {
    return this.next === this.lines.length;
  }

  readBlock(indent: number): unknown {
    const line = this.lines[this.next];
    if (line?.indent !== indent) {
      throw OTHER;
    }
    return line.text.startsWith('- ') ? this.readList(indent) : this.readMapping(indent);
  }

  private readList(indent: number): unknown[] {
    const list: unknown[] = [];
    for (let line = this.lines[this.next]; line?.indent === indent; line = this.lines[this.next]) {
      if (!/^- (?:[^ -]|-[A-Za-z])/.test(line.text)) {
        throw OTHER;
      }
      const item = line.text.slice(2);
      if (PAIR.test(item)) {
        // The first pair of a mapping stands behind the dash.
        this.lines[this.next] = { indent: indent + 2, text: item };
        list.push(this.readMapping(indent + 2));
      } else {
        this.next++;
        list.push(this.readValue(item, indent));
      }
    }
    return this.closed(list, indent);
  }

  private readMapping(indent: number): Record<string, unknown> {
    const mapping: Record<string, unknown> = {};
    let pairs = 0;
    for (let line = this.lines[this.next]; line?.indent === indent; line = this.lines[this.next]) {
      const [, key, value] = PAIR.exec(line.text) ?? [];
      if (key === undefined || isSpecial(key) || key === '__proto__') {
        throw OTHER;
      }
      this.next++;
      pairs++;
      mapping[key] = this.readAfter(value, indent);
    }
    // A key that comes twice is an error of the text.
    if (Object.keys(mapping).length !== pairs) {
      throw OTHER;
    }
    return this.closed(mapping, indent);
  }

  private readAfter(value: string | undefined, indent: number): unknown {
    if (value === undefined) {
      return this.readBlock(indent + 2);
    }
    return value === '|' ? this.readText(indent) : this.readValue(value, indent);
  }

  /** Lines further in than the key, the first of which says how far. */
  private readText(indent: number): string {
    const inner = this.lines[this.next]?.indent ?? -1;
    if (!this.mayHaveTexts || inner <= indent) {
      throw OTHER;
    }
    let text = '';
    for (let line = this.lines[this.next]; line && line.indent >= inner; line = this.lines[this.next]) {
      text += `${' '.repeat(line.indent - inner)}${line.text}\n`;
      this.next++;
    }
    return text;
  }

  /** What follows stands further out, or the text is another one. */
  private closed<T>(value: T, indent: number): T {
    if ((this.lines[this.next]?.indent ?? -1) >= indent) {
      throw OTHER;
    }
    return value;
  }

  private readValue(text: string, indent: number): unknown {
    if ((this.lines[this.next]?.indent ?? -1) > indent) {
      throw OTHER;
    }
    if (text === '{}') {
      return {};
    }
    return text === '[]' ? [] : readScalar(text);
  }
}

function isSpecial(text: string): boolean {
  return text.length <= LONGEST_SPECIAL && SPECIAL.test(text);
}

function readScalar(text: string): unknown {
  if (/^"(?:[^"\\]|\\["\\/bfnrt])*"$/.test(text)) {
    return JSON.parse(text);
  }
  if (/^'(?:[^']|'')*'$/.test(text)) {
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) {
    return Number(text);
  }
  if (!PLAIN.test(text) || isSpecial(text) || NUMBER_LIKE.test(text)) {
    throw OTHER;
  }
  return text;
}
