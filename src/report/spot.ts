import type { RuleSubject } from '../rules';

/** A place in a file of the output. */
export interface Spot {
  /** Path below the image's directory. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** UTF-16 units of the line. */
  readonly length: number;
}

/** Where a finding is looked at: the image as a whole is its Dockerfile, or else its README. */
export function spotOf(subject: RuleSubject, file: string | undefined): Spot {
  const { path, line } = file === undefined ? { path: entryOf(subject), line: 1 } : split(file);
  const text = subject.text(path)?.split('\n')[line - 1] ?? '';
  return { path, line, length: text.length };
}

function split(file: string): { path: string; line: number } {
  const [, path, line] = /^(.+?):([1-9]\d{0,8})$/.exec(file) ?? [];
  return path === undefined ? { path: file, line: 1 } : { path, line: Number(line) };
}

function entryOf({ contexts }: RuleSubject): string {
  const [first] = contexts;
  return first?.text('Dockerfile') === undefined ? 'README.md' : first.pathOf('Dockerfile');
}
