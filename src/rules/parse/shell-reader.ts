import type { ShellCommand } from './shell';

/** A command while it is read. */
interface Draft {
  words: string[];
  redirects: Array<{ operator: string; target: string }>;
  documents: string[];
  inner: ShellCommand[];
  line: number;
}

/** Words after which a command begins. */
const RESERVED = /^(?:!|\{|\}|do|done|elif|else|esac|fi|if|then|time|until|while)$/;

const OPERATOR = /&&|\|\||\|&|;;|[;|&()\n]/y;
const REDIRECT = /\d*(?:<<-|<<<|<<|>>|>\||<>|<&|>&|&>>|&>|<(?!\()|>(?!\())/y;
const BLANK = /(?:[ \t\r]|\\\r?\n)+/y;

/** Reads a shell script from its beginning to its end. */
export class ShellReader {
  private at = 0;
  private line = 1;
  private draft: Draft = this.fresh();
  private readonly commands: ShellCommand[] = [];
  /** Here-documents whose bodies begin at the next line. */
  private pending: Array<{ owner: Draft; end: string; indented: boolean; isPlain: boolean }> = [];
  /** Depth of `case`, and whether a pattern comes next. */
  private cases = 0;
  private pattern = false;

  /** @param nested reads a script inside this one */
  constructor(
    private readonly text: string,
    private readonly nested: (text: string) => readonly ShellCommand[],
  ) {}

  read(): readonly ShellCommand[] {
    while (this.at < this.text.length) {
      this.step();
    }
    this.finish(false);
    return this.commands;
  }

  private step(): void {
    const next = this.text[this.at]!;
    if (next === ' ') {
      this.at += 1;
      return;
    }
    // Most steps are words, and are none of what follows by their first character.
    if (' \t\r\\'.includes(next) && this.take(BLANK)) {
      return;
    }
    if (next === '#') {
      this.take(/[^\n]*/y);
      return;
    }
    const redirect = '<>&0123456789'.includes(next) ? this.take(REDIRECT) : undefined;
    if (redirect) {
      this.redirect(redirect.replace(/^\d+/, ''));
      return;
    }
    const operator = '&|;()\n'.includes(next) ? this.take(OPERATOR) : undefined;
    if (operator) {
      this.operate(operator);
      return;
    }
    this.word();
  }

  private operate(operator: string): void {
    if (this.pattern) {
      // Patterns of `case` name no program.
      this.draft = this.fresh();
      this.pattern = operator !== ')';
    } else {
      this.finish(operator === '|' || operator === '|&');
      this.pattern = operator === ';;' && this.cases > 0;
    }
    if (operator === '\n') {
      this.readDocuments();
    }
  }

  private word(): void {
    const word = this.readWord();
    if (this.pattern && word === 'esac') {
      this.pattern = false;
      this.cases -= 1;
      return;
    }
    if (this.draft.words.length === 0) {
      this.draft.line = this.line;
      if (RESERVED.test(word)) {
        this.cases -= word === 'esac' && this.cases > 0 ? 1 : 0;
        return;
      }
    }
    this.draft.words.push(word);
    if (word === 'in' && this.draft.words[0] === 'case') {
      this.finish(false);
      this.cases += 1;
      this.pattern = true;
    }
  }

  private redirect(operator: string): void {
    this.take(BLANK);
    const start = this.at;
    const target = this.readWord();
    if (operator === '<<' || operator === '<<-') {
      const isPlain = /['"\\]/.test(this.text.slice(start, this.at));
      this.pending.push({ owner: this.draft, end: target, indented: operator === '<<-', isPlain });
      return;
    }
    this.draft.redirects.push({ operator, target });
  }

  private readDocuments(): void {
    for (const { owner, end, indented, isPlain } of this.pending) {
      const body: string[] = [];
      while (this.at < this.text.length) {
        const line = this.take(/[^\n]*\n?/y)!.replace(/\n$/, '');
        if ((indented ? line.replace(/^\t+/, '') : line) === end) {
          break;
        }
        body.push(line);
      }
      owner.documents.push(body.join('\n'));
      if (!isPlain) {
        owner.inner.push(...new ShellReader(body.join('\n'), this.nested).readText());
      }
    }
    this.pending = [];
  }

  /** The commands in a text that is no script: in a here-document whose mark has no quotes. */
  private readText(): readonly ShellCommand[] {
    while (this.at < this.text.length) {
      this.readExpanded(/[^\\`$]+/y);
    }
    return this.draft.inner;
  }

  /** A word without its quotes. What it substitutes is read as commands. */
  private readWord(): string {
    let word = '';
    while (this.at < this.text.length) {
      const plain = this.take(/[^ \t\r\n'"\\`$;|&()<>]+/y);
      if (plain !== undefined) {
        word += plain;
        continue;
      }
      const part = this.readPart();
      if (part === undefined) {
        break;
      }
      word += part;
    }
    return word;
  }

  private readPart(): string | undefined {
    const rest = this.text[this.at];
    if (rest === "'") {
      return this.take(/'[^']*'?/y)!.replace(/^'|'$/g, '');
    }
    if (rest === '"') {
      return this.readQuoted();
    }
    if (rest === '\\') {
      return this.take(/\\[^]?/y)!
        .slice(1)
        .replace('\n', '');
    }
    return this.readSubstitution();
  }

  private readQuoted(): string {
    let word = '';
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      word += this.readExpanded(/[^"\\`$]+/y);
    }
    this.at += 1;
    return word;
  }

  /** A part of a text in which variables and commands have their place; a line that goes on does so in the next. */
  private readExpanded(plain: RegExp): string {
    return (
      this.take(plain) ??
      this.readSubstitution() ??
      this.take(/\\[^]?/y)!
        .replace(/^\\\n$/, '')
        .replace(/^\\([$`"\\])$/, '$1')
    );
  }

  /** `$(...)`, back quotes, `<(...)`, `${...}` and a lone `$`, as they are written. */
  private readSubstitution(): string | undefined {
    const back = this.take(/`(?:\\[^]|[^`\\])*`?/y);
    if (back !== undefined) {
      this.draft.inner.push(...this.nested(back.replace(/^`|`$/g, '').replace(/\\([$`\\])/g, '$1')));
      return back;
    }
    const open = this.take(/[$<>]\(/y);
    if (open !== undefined) {
      const inner = this.readBalanced();
      this.draft.inner.push(...this.nested(inner));
      return `${open}${inner})`;
    }
    return this.text.startsWith('${', this.at) ? this.readParameter() : this.take(/\$/y);
  }

  /** `${NAME:-value}`, whose value may be the output of a command. */
  private readParameter(): string {
    const start = this.at;
    this.at += 2;
    while (this.at < this.text.length && this.text[this.at] !== '}') {
      this.readExpanded(/[^}\\`$]+/y);
    }
    this.at += 1;
    return this.text.slice(start, this.at);
  }

  /** Text up to the parenthesis that closes; quoted ones do not count. */
  private readBalanced(): string {
    const start = this.at;
    for (let depth = 1; this.at < this.text.length;) {
      const part = this.take(/'[^']*'?|"(?:\\[^]|[^"\\])*"?|\\[^]?|[^'"\\()]+|[()]/y)!;
      depth += part === '(' ? 1 : part === ')' ? -1 : 0;
      if (depth === 0) {
        return this.text.slice(start, this.at - 1);
      }
    }
    return this.text.slice(start);
  }

  private finish(piped: boolean): void {
    const { words, redirects, documents, inner, line } = this.draft;
    const isPending = this.pending.some(({ owner }) => owner === this.draft);
    if (words.length + redirects.length + inner.length > 0 || isPending) {
      const assignments: Array<{ name: string; value: string }> = [];
      while (words.length > 0 && /^[A-Za-z_]\w*\+?=/.test(words[0]!)) {
        const [name, ...value] = words.shift()!.split('=');
        assignments.push({ name: name!.replace('+', ''), value: value.join('=') });
      }
      this.commands.push({ words, assignments, redirects, documents, inner, piped, line });
    }
    this.draft = this.fresh();
  }

  private fresh(): Draft {
    return { words: [], redirects: [], documents: [], inner: [], line: this.line };
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text) || pattern.lastIndex === this.at) {
      return undefined;
    }
    const found = this.text.slice(this.at, pattern.lastIndex);
    this.at = pattern.lastIndex;
    for (let end = found.indexOf('\n'); end >= 0; end = found.indexOf('\n', end + 1)) {
      this.line += 1;
    }
    return found;
  }
}
