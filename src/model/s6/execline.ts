import { assertMatches, assertPlain } from '../template-error';

/** A line of an execline script: words, and blocks of lines. */
export type ExeclineLine = ReadonlyArray<string | ExeclineBlock | ExeclineVariable>;

/** `{ ... }` */
export interface ExeclineBlock {
  readonly block: readonly ExeclineLine[];
}

/** A substitution of execline itself (`$@`, `$#`). */
export interface ExeclineVariable {
  readonly variable: string;
}

/** Words that execline reads as they are. */
const BARE = /^[A-Za-z0-9_./:=@%+,-]+$/;

/** Text of an execline script. `options` are those of execlineb, `-P` for a script without arguments. */
export function renderExecline(interpreter: string, options: string, lines: readonly ExeclineLine[]): string {
  assertMatches(interpreter, /^\/[A-Za-z0-9/_-]+$/, 'execline', 'an absolute path');
  return [`#!${interpreter} ${options}`, ...lines.map((line) => renderLine(line, ''))].join('\n') + '\n';
}

function renderLine(line: ExeclineLine, indent: string): string {
  return indent + line.map((part) => renderPart(part, indent)).join(' ');
}

function renderPart(part: string | ExeclineBlock | ExeclineVariable, indent: string): string {
  if (typeof part === 'string') {
    return renderWord(part);
  }
  if ('variable' in part) {
    assertMatches(part.variable, /^\$(?:[@#]|\{\w+\})$/, 'execline', 'a variable');
    return part.variable;
  }
  const [first] = part.block;
  if (part.block.length === 1 && first && first.every((word) => typeof word !== 'object' || 'variable' in word)) {
    return `{ ${renderLine(first, '')} }`;
  }
  const inner = part.block.map((line) => renderLine(line, `${indent}  `));
  return `{\n${inner.join('\n')}\n${indent}}`;
}

function renderWord(word: string): string {
  assertPlain(word, 'execline');
  return BARE.test(word) ? word : `"${word}"`;
}
