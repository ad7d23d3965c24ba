/** A Dockerfile in parts, each of which says the same wherever it stands. */
export interface DockerfilePieces {
  /** What stands before the first instruction: directives, comments, empty lines. */
  readonly head: string;
  /** The instructions one by one, each with the line that it begins at; from 1. */
  readonly pieces: ReadonlyArray<{ readonly text: string; readonly line: number }>;
}

/** A line that goes on in the next one. */
const GOES_ON = /\\[ \t]*$/;

const EMPTY = /^[ \t]*$/;
/** A line that says nothing to a builder, wherever it stands but in a here-document. */
export const COMMENT = /^[ \t]*#/;

/** Directives by which lines would go on in another way. */
const ESCAPE = /^[ \t]*#[ \t]*escape[ \t]*=/im;

/**
 * Splits a Dockerfile between its instructions; undefined for one of which only a parser knows where they end: with a
 * here-document, another character at the ends of lines, a comment or an empty line after one that goes on; and for one
 * with a comment below its first instruction, which by itself could be taken for a directive.
 */
export function splitDockerfile(text: string): DockerfilePieces | undefined {
  if (text.includes('<<') || text.includes('\r') || ESCAPE.test(text)) {
    return undefined;
  }
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !EMPTY.test(line) && !COMMENT.test(line));
  const begin = first < 0 ? lines.length : first;
  const pieces: Array<{ text: string; line: number }> = [];
  for (let at = begin; at < lines.length; at++) {
    if (EMPTY.test(lines[at]!)) {
      continue;
    }
    const end = endOf(lines, at);
    if (end === undefined) {
      return undefined;
    }
    pieces.push({ text: lines.slice(at, end + 1).join('\n'), line: at + 1 });
    at = end;
  }
  return { head: lines.slice(0, begin).join('\n'), pieces };
}

/** Line in which an instruction ends; undefined where that is not clear. */
function endOf(lines: readonly string[], start: number): number | undefined {
  for (let end = start; end < lines.length; end++) {
    const line = lines[end]!;
    if (COMMENT.test(line) || EMPTY.test(line)) {
      return undefined;
    }
    if (!GOES_ON.test(line)) {
      return end;
    }
  }
  return undefined;
}
