/** A directive of an nginx configuration, as nginx reads it. */
export interface NginxDirective {
  readonly name: string;
  readonly args: readonly string[];
  /** From 1. */
  readonly line: number;
  /** Directives of a block; undefined for one that ends with a semicolon. */
  readonly children?: readonly NginxDirective[];
}

/** A word, or one of `;{}`. */
interface Token {
  readonly text: string;
  readonly line: number;
  readonly kind: 'word' | 'punctuation';
}

/**
 * Reads an nginx configuration. Not our renderer turned round: it takes what nginx takes, character by character, so
 * that text which a person put there is seen too.
 *
 * @throws Error where nginx would refuse the text: braces, quotes or semicolons that do not match
 */
export function parseNginx(text: string): readonly NginxDirective[] {
  const tokens = tokenize(text);
  const { directives, end } = readBlock(tokens, 0, false);
  if (end < tokens.length) {
    throw new Error(`line ${tokens[end]!.line}: a closing brace without an opening one`);
  }
  return directives;
}

/** Every directive at any depth, with the blocks around it, from the outermost. */
export function* walkNginx(
  directives: readonly NginxDirective[],
  around: readonly NginxDirective[] = [],
): Generator<{ readonly directive: NginxDirective; readonly around: readonly NginxDirective[] }> {
  for (const directive of directives) {
    yield { directive, around };
    yield* walkNginx(directive.children ?? [], [...around, directive]);
  }
}

function readBlock(
  tokens: readonly Token[],
  start: number,
  inner: boolean,
): { directives: NginxDirective[]; end: number } {
  const directives: NginxDirective[] = [];
  let at = start;
  while (at < tokens.length && !is(tokens[at], '}')) {
    const words: Token[] = [];
    while (tokens[at]?.kind === 'word') {
      words.push(tokens[at]!);
      at += 1;
    }
    const [head, ...args] = words;
    if (!head || at >= tokens.length || is(tokens[at], '}')) {
      throw new Error(`line ${(tokens[at] ?? tokens.at(-1))?.line ?? 1}: a directive without its end`);
    }
    const plain = { name: head.text, args: args.map((token) => token.text), line: head.line };
    if (is(tokens[at], ';')) {
      directives.push(plain);
      at += 1;
      continue;
    }
    const block = readBlock(tokens, at + 1, true);
    directives.push({ ...plain, children: block.directives });
    at = block.end + 1;
  }
  if (inner && at >= tokens.length) {
    throw new Error(`line ${tokens.at(-1)?.line ?? 1}: a block without its closing brace`);
  }
  return { directives, end: at };
}

function is(token: Token | undefined, punctuation: string): boolean {
  return token?.text === punctuation && token.kind === 'punctuation';
}

/** What separates words; other white space of Unicode does not. */
const SPACE = /[ \t\r\n]/;
const SPACES = /[ \t\r\n]+/y;

/** Characters of a word that say nothing of its end. */
const WITHIN_WORD = /[^ \t\r\n;{}\\$]+/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const { token, end } = readToken(text, at, line);
    if (token) {
      tokens.push(token);
    }
    for (let next = text.indexOf('\n', at); next >= 0 && next < end; next = text.indexOf('\n', next + 1)) {
      line++;
    }
    at = end;
  }
  return tokens;
}

/** The end of what `pattern` matches from a place on. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function readToken(text: string, at: number, line: number): { token?: Token; end: number } {
  const first = text[at]!;
  if (SPACE.test(first)) {
    return { end: endOf(SPACES, text, at) };
  }
  if (first === '#') {
    const newline = text.indexOf('\n', at);
    return { end: newline < 0 ? text.length : newline };
  }
  if (';{}'.includes(first)) {
    return { token: { text: first, line, kind: 'punctuation' }, end: at + 1 };
  }
  const quoted = first === '"' || first === "'";
  const end = quoted ? endOfQuoted(text, at, line) : endOfWord(text, at);
  const word = quoted ? text.slice(at + 1, end - 1) : text.slice(at, end);
  return { token: { text: unescape(word), line, kind: 'word' }, end };
}

/** A closing brace within a word belongs to the word, and an opening one right after a dollar sign. */
function endOfWord(text: string, start: number): number {
  let at = start;
  let variable = false;
  while (at < text.length) {
    const end = endOf(WITHIN_WORD, text, at);
    if (end > at) {
      [at, variable] = [end, false];
      continue;
    }
    const character = text[at]!;
    if (character === '\\') {
      at += 1;
    } else if (SPACE.test(character) || character === ';' || (character === '{' && !variable)) {
      return at;
    }
    variable = character === '$' || (character === '{' && variable);
    at += 1;
  }
  return text.length;
}

/** After the closing quote a word has to end. */
function endOfQuoted(text: string, start: number, line: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== text[start]) {
    at += text[at] === '\\' ? 2 : 1;
  }
  if (at >= text.length) {
    throw new Error(`line ${line}: a quotation mark without its pair`);
  }
  const next = text[at + 1];
  if (next !== undefined && !SPACE.test(next) && !';{)'.includes(next)) {
    throw new Error(`line ${line}: ${next} right after a quotation mark`);
  }
  return at + 1;
}

/** nginx takes the backslash from a quote, a backslash, t, r and n; before anything else it stays. */
function unescape(text: string): string {
  return text.replace(/\\(["'\\trn])/g, (_, character: string) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };
