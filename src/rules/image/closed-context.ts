import { readOnce } from '../parsed-texts';
import type { FileRule, Finding } from '../rule';
import type { RuleContext } from '../rule-subject';

const FILE = '.dockerignore';

/** What lies in a folder by chance, and must not reach a builder. */
const STRANGERS = ['.env', '.git/config', 'id_rsa', 'node_modules/x/index.js', 'a/b/c.txt', 'database.sql'];

/** IMG-012 */
export const CLOSED_CONTEXT: FileRule = {
  id: 'IMG-012',
  severity: 'MEDIUM',
  kind: 'invariant',
  statement: 'A .dockerignore keeps everything from the builder but the generated files, and hides none of them',
  why: 'whatever else lies in the folder when somebody builds would reach the builder, and a hidden file would be missing',
  next: 'take out what changes .dockerignore',
  fix: 'the synthesis writes .dockerignore with * first, and then the generated files',
  sources: ['BuildKit CopyIgnoredFile', 'OWASP Docker Security: rule 12'],
  check: (subject) => subject.eachContext((context) => findOpenings(context)),
};

function findOpenings(context: RuleContext): Finding[] {
  const text = context.text(FILE);
  if (text === undefined) {
    return [{ file: context.pathOf(FILE), what: 'there is none' }];
  }
  const paths = context.files.map(({ path }) => path.slice(context.architecture.length + 1));
  return readOnce(judgePatterns, JSON.stringify([text, paths])).map(({ path, what }) => ({
    file: context.pathOf(path),
    what,
  }));
}

/** What is wrong with the patterns for the files of a context; most contexts have the same of both. */
function judgePatterns(given: string): ReadonlyArray<{ readonly path: string; readonly what: string }> {
  const [text, paths] = JSON.parse(given) as [string, string[]];
  const path = FILE;
  const patterns = readPatterns(text);
  const needed = paths.filter((file) => file !== 'Dockerfile' && file !== FILE);
  return [
    ...(patterns[0]?.source === '*' ? [] : [{ path, what: 'its first pattern is not *' }]),
    ...STRANGERS.filter((stranger) => !isIgnored(patterns, stranger)).map((stranger) => ({
      path,
      what: `it lets ${stranger} pass`,
    })),
    ...patterns
      .filter((pattern) => pattern.isException && !needed.some((file) => pattern.matches(file)))
      .map(({ source }) => ({ path, what: `!${source} lets something pass that is not generated` })),
    ...needed.filter((file) => isIgnored(patterns, file)).map((file) => ({ path, what: `it hides ${file}` })),
    // BuildKit reads it in the place of .dockerignore.
    ...paths
      .filter((file) => /^.*\.dockerignore$/i.test(file) && file !== FILE)
      .map((file) => ({ path: file, what: 'it takes the place of .dockerignore' })),
  ];
}

interface Pattern {
  readonly source: string;
  readonly isException: boolean;
  /** A path, or a directory above it. */
  readonly matches: (path: string) => boolean;
}

function readPatterns(text: string): Pattern[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const isException = line.startsWith('!');
      const source = line
        .slice(isException ? 1 : 0)
        .trim()
        .replace(/^(?:\.?\/)+/, '')
        .replace(/\/+$/, '');
      const whole = new RegExp(`^(?:${toPattern(source)})(?:/.*)?$`, 's');
      return { source, isException, matches: (path) => whole.test(path) };
    });
}

/** The last pattern that matches decides. */
function isIgnored(patterns: readonly Pattern[], path: string): boolean {
  const last = patterns.filter((pattern) => pattern.matches(path)).at(-1);
  return last !== undefined && !last.isException;
}

/** `*` is anything within a name, `**` any number of directories, `?` one character. */
function toPattern(source: string): string {
  return source.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (part) => GLOB[part] ?? `\\${part}`);
}

const GLOB: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
