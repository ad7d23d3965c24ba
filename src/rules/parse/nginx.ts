/** A directive of an nginx configuration, as nginx reads it. */
export interface NginxDirective {
  readonly name: string;
  readonly args: readonly string[];
  /** From 1. */
  readonly line: number;
  /** Directives of a block; undefined for one that ends with a semicolon. */
  readonly children?: readonly NginxDirective[];
}

interface Token {
  readonly text: string;
  readonly line: number;
  /** Quoted text is never punctuation. */
  readonly quoted: boolean;
}

/**
 * Reads an nginx configuration. Not our renderer turned round: it takes whatever nginx takes, so that text which a
 * person put there is seen too.
 *
 * @throws Error where braces, quotes or semicolons do not match
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
    while (at < tokens.length && !is(tokens[at], ';') && !is(tokens[at], '{') && !is(tokens[at], '}')) {
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
  return token?.text === punctuation && !token.quoted;
}

/** A word with its escapes and variables, a quoted text, a comment, or one of `;{}`. */
const TOKEN = /\s+|#[^\n]*|"((?:\\[^]|[^"\\])*)"|'((?:\\[^]|[^'\\])*)'|[;{}]|(?:\$\{[^}]*\}|\\[^]|[^\s;{}\\])+/y;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) {
      throw new Error(`line ${line}: a quotation mark without its pair`);
    }
    const quoted = match[1] ?? match[2];
    if (quoted !== undefined) {
      tokens.push({ text: unescape(quoted), line, quoted: true });
    } else if (!/^(?:\s|#)/.test(match[0])) {
      tokens.push({ text: unescape(match[0]), line, quoted: false });
    }
    line += match[0].split('\n').length - 1;
  }
  return tokens;
}

/** nginx takes the backslash from a quote, a backslash, t, r and n; before anything else it stays. */
function unescape(text: string): string {
  return text.replace(/\\(["'\\trn])/g, (_, character: string) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' };
