import { readFileSync } from 'node:fs';
import { DockerfileGeneratorError, whyNotRead, type Problem } from '../errors';
import { CHAIN_START, hashOf, type AuditEntry } from './audit-log';

/** What an audit log turned out to be. */
export interface AuditVerdict {
  readonly file: string;
  /** Number of lines. */
  readonly entries: number;
  /** Hash of the last line: kept elsewhere, it tells later whether lines at the end were cut off. */
  readonly head: string;
  /** Every line that is not as it was written. */
  readonly problems: readonly Problem[];
}

/** What the log is compared with, from elsewhere. */
export interface AuditExpectation {
  /** Hash of a line that has to be in the log: the `head` of an earlier verification. */
  readonly head?: string;
}

/**
 * Checks a log: each line is JSON, is numbered, has the hash of its own content and that of the line before.
 *
 * @throws DockerfileGeneratorError CONFIG_LOAD_ERROR where there is no such file
 */
export function verifyAudit(file: string, expected: AuditExpectation = {}): AuditVerdict {
  const lines = read(file).split('\n');
  const isCut = lines.pop() !== '';
  const problems: Problem[] = isCut ? [problem(`${file}:${lines.length + 1}`, 'the last line does not end')] : [];
  const hashes: string[] = [];
  let previous = CHAIN_START;
  lines.forEach((line, index) => {
    const entry = parse(line);
    const faults = entry ? faultsOf(entry, index + 1, previous) : ['it is not a line of an audit log'];
    problems.push(...faults.map((what) => problem(`${file}:${index + 1}`, what)));
    previous = entry?.hash ?? previous;
    hashes.push(previous);
  });
  if (expected.head !== undefined && ![CHAIN_START, ...hashes].includes(expected.head)) {
    problems.push(
      problem(file, `no line has the hash ${expected.head}: the end was cut off, or the chain written anew`),
    );
  }
  return { file, entries: lines.length, head: previous, problems };
}

function faultsOf({ hash, ...entry }: AuditEntry, number: number, previous: string): string[] {
  return [
    ...(entry.number === number ? [] : [`its number is ${entry.number}: lines were taken out or put in`]),
    ...(entry.previous === previous ? [] : ['it does not follow the line before: one of the two was changed']),
    ...(hash === hashOf(entry) ? [] : ['its content does not have its hash: it was changed']),
  ];
}

function parse(line: string): AuditEntry | undefined {
  try {
    const entry = JSON.parse(line) as AuditEntry;
    return typeof entry === 'object' && typeof entry?.hash === 'string' ? entry : undefined;
  } catch {
    return undefined;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const next = 'name the log of your publishes: dockerfile-generator audit verify FILE';
    throw new DockerfileGeneratorError('CONFIG_LOAD_ERROR', [{ where: file, what: whyNotRead(error), next }], {
      cause: error,
    });
  }
}

function problem(where: string, what: string): Problem {
  return {
    where,
    what,
    why: 'the log does not tell what was done any more',
    next: 'compare it with a copy, find out who could write to it, and keep the file for them who look into it',
  };
}
