import { DockerfileGeneratorError, type Problem } from '../errors';
import { MANIFEST_FILE } from './manifest-file';
import { TEMPORARY, type OutputDirectory } from './output-directory';
import type { OutputFiles } from './output-files';

/** Entries that a message names before it only counts. */
const NAMED = 3;

/** What an empty directory may have: hidden entries, what an interrupted run left, what a new file system has. */
const HARMLESS = new RegExp(`^\\.|\\${TEMPORARY}$|^lost\\+found$`);

/**
 * Why a directory cannot be an output: it has entries of others, and no manifest of an earlier synthesis. One that is
 * empty can be.
 *
 * @param names entries of the directory that would be written
 */
export function findForeignOutput(directory: OutputDirectory, names: ReadonlySet<string>): Problem | undefined {
  const foreign = directory.entries().filter((name) => !HARMLESS.test(name) && !names.has(name));
  if (foreign.length === 0) {
    return undefined;
  }
  const rest = foreign.length - NAMED;
  const named = `${foreign.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return {
    where: directory.path,
    what: `this directory is not an output: it has ${named}, and no ${MANIFEST_FILE} of a synthesis`,
    why: 'an output is a directory of its own, in which every file belongs to a synthesis or is told',
    next: 'name an empty directory, or one that is not there yet, such as --output output',
  };
}

/** Throws FILE_WRITE_ERROR for a directory that is not, and cannot be, an output. */
export function assertOwnOutput(directory: OutputDirectory, files: OutputFiles, known: readonly OutputFiles[]): void {
  if (known.length > 0) {
    return;
  }
  const problem = findForeignOutput(directory, new Set([MANIFEST_FILE, ...files.roots()]));
  if (problem) {
    throw new DockerfileGeneratorError('FILE_WRITE_ERROR', [problem]);
  }
}
