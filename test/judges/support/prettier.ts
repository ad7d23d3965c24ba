import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './output';

/**
 * The form of generated text, for prettier and its plugins: all that is not their default.
 */
export const FORM = {
  plugins: ['prettier-plugin-nginx', 'prettier-plugin-sh'],
  printWidth: 120,
  tabWidth: 2,
  // nginx: one space after a directive's name, arguments stay on its line.
  alignDirectives: false,
  wrapParameters: false,
  // sh: `2>/dev/null` as POSIX writes it, and an operator at the end of the line that it continues.
  spaceRedirects: false,
  binaryNextLine: false,
} as const;

/** Parser of a generated file by its path; undefined for those that prettier has none for. */
export function parserOf(path: string, text: string): string | undefined {
  if (/\.conf$/.test(path) && !path.endsWith('php-fpm.conf')) return 'nginx';
  if (path.endsWith('.md')) return 'markdown';
  // The form of JSON.stringify, which every tool that writes JSON has.
  if (path.endsWith('.json')) return 'json-stringify';
  if (/\.ya?ml$/.test(path)) return 'yaml';
  return path.endsWith('.sh') || text.startsWith('#!/bin/sh\n') ? 'sh' : undefined;
}

/** What prettier makes of a text, or why it cannot read it. */
export interface Answer {
  readonly formatted?: string;
  readonly error?: string;
}

/** Formats many texts in one process. */
export function format(texts: ReadonlyArray<{ readonly parser: string; readonly text: string }>): Answer[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(__dirname, 'prettier-worker.mjs')], {
    cwd: ROOT,
    encoding: 'utf8',
    input: JSON.stringify({ options: FORM, texts }),
    maxBuffer: 256 << 20,
  });
  if (status !== 0) {
    throw new Error(`prettier ended with ${status}: ${stderr}`);
  }
  const answers = JSON.parse(stdout) as Answer[];
  // prettier-plugin-nginx leaves out the line feed at the end of a file that ends with a block.
  return answers.map(({ formatted, error }) => ({ formatted: formatted?.replace(/\n?$/, '\n'), error }));
}
