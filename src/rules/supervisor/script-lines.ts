import { readOnce } from '../parsed-texts';

/** A line of a script: its words, without quotes. */
export interface ScriptLine {
  readonly words: readonly string[];
  /** From 1. */
  readonly line: number;
}

/** A quoted text, a comment, or a line that goes on. */
const QUOTED_OR_COMMENT = /"((?:\\[^]|[^"\\])*)"|'([^']*)'|((?:^|\s)#[^\n]*)|\\\n/gm;

/**
 * The lines of a shell or execline script that say something: comments left out, quotes taken off, continued lines
 * joined; what redirects or separates is a word. What stands in quotes is read too, so that a command given to `sh -c` is seen.
 */
export function scriptLines(text: string): readonly ScriptLine[] {
  return readOnce(readLines, text);
}

function readLines(text: string): ScriptLine[] {
  const plain = text.replace(
    QUOTED_OR_COMMENT,
    (match, double: string | undefined, single: string | undefined, comment: string | undefined) => {
      if (comment !== undefined) {
        return match.startsWith('\n') ? '\n' : '';
      }
      return match === '\\\n' ? ' ' : (double ?? single ?? '');
    },
  );
  return plain
    .split('\n')
    .map((line, index) => ({
      words: wordsOf(line),
      line: index + 1,
    }))
    .filter(({ words }) => words.length > 0);
}

function wordsOf(line: string): string[] {
  const apart = /[<>|;&]/.test(line) ? line.replace(/[<>|;&]/g, ' $& ') : line;
  return apart.split(/[\s()`]+/).filter((word) => word !== '');
}

/** Interpreter of a script, and its options; undefined where it names none. */
export function interpreterOf(text: string): string | undefined {
  return /^#!\s*(\S.*?)\s*(?:\n|$)/.exec(text)?.[1];
}

/** Name of the program that a word is, without its directory. */
export function programName(word: string): string {
  return word.replaceAll('\\', '').replace(/^.*\//, '');
}

/** Whether a word is a program, by its name or its path. */
export function isProgram(word: string, name: string): boolean {
  return programName(word) === name;
}
