/** Behind these a word may be broken that is too long for a line. */
const BREAKS = /(?<=[,/:;=)\]-])/;

/** How text is broken into lines. */
export interface WrapOptions {
  /** Whether a word that is longer than a line is broken too; else it stays whole, to be copied. @default false */
  readonly breakWords?: boolean;
}

/** A part of a line that is not broken, and what stands between it and the part before. */
interface Piece {
  readonly glue: string;
  readonly text: string;
}

/** A text in lines of at most `width` columns, broken between words. */
export function wrap(text: string, width: number, { breakWords = false }: WrapOptions = {}): string[] {
  const words = text.split(' ');
  const pieces = words.flatMap((word): Piece[] =>
    breakWords && word.length > width ? piecesOf(word, width) : [{ glue: ' ', text: word }],
  );
  const lines: string[] = [];
  for (const { glue, text: piece } of pieces) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + glue.length + piece.length <= width) {
      lines[lines.length - 1] = `${line}${glue}${piece}`;
    } else {
      lines.push(piece);
    }
  }
  return lines;
}

function piecesOf(word: string, width: number): Piece[] {
  const parts = word.split(BREAKS).flatMap((part) => part.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []);
  return parts.map((text, index) => ({ glue: index === 0 ? ' ' : '', text }));
}

/** A text below an indentation: its first line behind `head`, the others as far to the right. */
export function hang(head: string, text: string, width: number | undefined): string {
  if (width === undefined) {
    return `${head}${text}`;
  }
  return `${head}${wrap(text, width - head.length).join(`\n${' '.repeat(head.length)}`)}`;
}

/** Lines that are too wide, broken between words; what comes below is further to the right than its beginning. */
export function fitLines(text: string, width: number | undefined): string {
  if (width === undefined) {
    return text;
  }
  return text
    .split('\n')
    .map((line) => {
      const indent = /^ */.exec(line)![0].length + 4;
      const [first = '', ...rest] = wrap(line, width);
      return rest.length === 0 ? line : [first, ...wrapRest(rest.join(' '), width - indent, indent)].join('\n');
    })
    .join('\n');
}

function wrapRest(text: string, width: number, indent: number): string[] {
  return wrap(text.trimStart(), width).map((line) => `${' '.repeat(indent)}${line}`);
}
