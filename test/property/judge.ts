import { DockerfileParser } from 'dockerfile-ast';
import { DockerfileGeneratorError, Testing, type ImageApp, type TestSynthesis } from '../../src';

/** A synthesis, or the error of ours in its place; any other exception goes on, and fails the test. */
export function attempt(app: ImageApp): TestSynthesis | DockerfileGeneratorError {
  try {
    return Testing.synth(app);
  } catch (error) {
    if (error instanceof DockerfileGeneratorError) {
      return error;
    }
    throw error;
  }
}

/** Whether every problem says where in the tree it is, what is wrong and what to do. */
export function isClear(error: DockerfileGeneratorError, ...ids: readonly string[]): boolean {
  return (
    error.details.length > 0 &&
    error.details.every(
      ({ where, what, next }) =>
        ids.some((id) => where === id || where.startsWith(`${id}/`) || where.startsWith(`${id} (`)) &&
        what !== '' &&
        next !== '',
    )
  );
}

/** Keywords and stages of a Dockerfile, as an independent parser reads them. */
export function instructionsOf(dockerfile: string): string[] {
  return DockerfileParser.parse(dockerfile)
    .getInstructions()
    .map((instruction) => (instruction.getKeyword() === 'FROM' ? String(instruction) : instruction.getKeyword()));
}

/** Names of the variables that a Dockerfile sets. */
export function variablesOf(dockerfile: string): string[] {
  const variables = DockerfileParser.parse(dockerfile).getENVs();
  return variables.flatMap((env) => env.getProperties().map((property) => property.getName()));
}

/** Words of nginx's grammar: comments, quoted strings, punctuation, everything else. */
const NGINX_WORDS = /\s+|#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[;{}]|(?:\\.|\$\{\w+\}|[^\s;{}\\])+/gs;

/** Names of the directives of an nginx file; what stands in a `map` is none. */
export function nginxDirectives(text: string): string[] {
  return statementsOf(text)
    .filter(({ block }) => block !== 'map')
    .map(({ words: [name] }) => name!);
}

/** Directives of an nginx file with their arguments, without quotes. */
export function nginxStatements(text: string): string[][] {
  return statementsOf(text).map(({ words }) => words.map(unquoted));
}

function unquoted(word: string): string {
  return /^(["']).*\1$/s.test(word) ? word.slice(1, -1).replace(/\\(["'\\])/g, '$1') : word;
}

/** Statements of an nginx file, read as nginx's own lexer does; throws where braces or ends are wrong. */
function statementsOf(text: string): Array<{ readonly words: string[]; readonly block: string | undefined }> {
  const words = [...text.matchAll(NGINX_WORDS)].map(([word]) => word);
  if (words.join('') !== text) {
    throw new Error('this is not a file of nginx');
  }
  const statements: Array<{ words: string[]; block: string | undefined }> = [];
  const blocks: string[] = [];
  let statement: string[] = [];
  for (const word of words.filter((item) => !/^(?:\s|#)/.test(item))) {
    if (word !== ';' && word !== '{' && word !== '}') {
      statement.push(word);
      continue;
    }
    const [name] = statement;
    if (name !== undefined) {
      statements.push({ words: statement, block: blocks.at(-1) });
    }
    if ((word === '}') === (name !== undefined)) {
      throw new Error(`unexpected ${word} after ${statement.join(' ')}`);
    }
    if (word === '{') {
      blocks.push(name!);
    }
    if (word === '}' && blocks.pop() === undefined) {
      throw new Error('a block is closed that was not opened');
    }
    statement = [];
  }
  if (statement.length > 0 || blocks.length > 0) {
    throw new Error('the file ends in the middle');
  }
  return statements;
}
