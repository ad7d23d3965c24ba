import { forbiddenIn } from '../config';
import { DockerfileGeneratorError } from '../errors';

/** Refuses a value that would mean more than itself in the file named by `where`. */
export function assertPlain(value: string, where: string, allowed = ''): void {
  const found = forbiddenIn(value, allowed);
  if (!found) {
    return;
  }
  throw new DockerfileGeneratorError('TEMPLATE_ERROR', [
    {
      where,
      what: `${JSON.stringify(value)} contains ${found}`,
      why: 'such a character may mean something else than itself in a generated file',
      next: 'write the value without it; longer text belongs into a file of its own (addFile)',
    },
  ]);
}

/** Refuses a value that does not match the grammar of its place. */
export function assertMatches(value: string, pattern: RegExp, where: string, what: string): void {
  if (pattern.test(value)) {
    return;
  }
  throw new DockerfileGeneratorError('TEMPLATE_ERROR', [
    { where, what: `${JSON.stringify(value)} is not ${what}`, next: `give ${what}` },
  ]);
}
