import type { FileRule } from '../rule';
import { isProgram, programName } from './script-lines';
import { scriptLineFinder } from './service-tree';

/** SUP-006 */
export const NO_ENVIRONMENT_DUMP: FileRule = {
  id: 'SUP-006',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'No script of s6 writes the environment down, or reads a copy of it that was written',
  why: 'a copy in a file, or in the log, outlives the process and is read by others; services inherit the environment as it is',
  next: 'take the program out of the script; what a service alone needs is environment of addLongRun',
  fix: 'S6Construct lets services inherit the environment of the container (S6_KEEP_ENV)',
  sources: ['OWASP Docker Security Cheat Sheet, rule 12'],
  check: (subject) => findDumps(subject),
};

const findDumps = scriptLineFinder(dumpIn);

const DUMPERS: ReadonlySet<string> = new Set(['printenv', 's6-dumpenv', 's6-envdir', 'with-contenv']);

function dumpIn(words: readonly string[]): string | undefined {
  const program = words.find((word) => DUMPERS.has(programName(word)));
  if (program !== undefined) {
    return `${program} copies the environment`;
  }
  if (words.some((word) => /^\/proc\/[^/]+\/environ$/.test(word) || word.startsWith('/run/s6/container_environment'))) {
    return 'the environment is read from where it was written';
  }
  const env = words.findIndex((word) => isProgram(word, 'env'));
  const next = words[env + 1];
  const prints = env >= 0 && (next === undefined || /^(?:[<>|;&}]|-0)$/.test(next));
  const exports = words.some(
    (word, index) => (word === 'export' || word === 'declare') && /^-\w*[px]/.test(words[index + 1] ?? ''),
  );
  return prints || exports || (words.length === 1 && words[0] === 'set') ? 'the environment is printed' : undefined;
}
