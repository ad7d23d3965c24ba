import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { systemPackageNames } from './support/known-packages';
import { filesBelow, rawFacts, ROOT } from './support/output';

/** The code: sources and shell scripts outside the catalogue, and the reference matrix. */
const CODE = [
  ...filesBelow(join(ROOT, 'src'))
    .filter((path) => !path.startsWith('catalog/') && /\.(?:ts|sh)$/.test(path))
    .map((path) => `src/${path}`),
  'images.ts',
];

/** Words that are names of packages too, and why code may say them. */
const ALLOWED: Readonly<Record<string, string>> = {
  nginx: 'the program that every image runs: its service, its directories, its tag',
  s6: 'the supervisor of every image: its options, its directories',
  execline: 'the language of the supervisor: the name of a grammar in error messages',
  's6-overlay': 'a source of the supervisor: the stage of the Dockerfile, a directory of the context',
  'ca-certificates':
    'a package name indeed: apt-platform looks it up among the packages of the catalogue, to reach a repository by https',
  's6-rc': 's6-overlay’s service manager: a directory that a build step must not write to',
  dash: 'a shell, among the programs that read a script: whatever is run by one is looked into',
  busybox: 'the program of Alpine whose applets its root script links',
};

const PHP_PACKAGE = /\bphp\d[\d.]*-[a-z]/;
const DIGEST = /sha256:[0-9a-f]{8,}|\b[0-9a-f]{64}\b/;

interface Words {
  readonly line: number;
  readonly text: string;
}

/** `.describe('...')`: documentation in a schema, with examples. */
function isDescription(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'describe'
  );
}

/** `sources: [...]` of a rule: documents by name and number. */
function isSources(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) && node.name.getText() === 'sources' && ts.isArrayLiteralExpression(node.initializer)
  );
}

/** String literals, parts of templates and regular expressions; not names of modules, not comments. */
function literals(path: string): Words[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  if (path.endsWith('.sh')) {
    return text.split('\n').map((line, index) => ({ line: index + 1, text: line.replace(/(?:^|\s)#.*$/, '') }));
  }
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const found: Words[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isImportTypeNode(node)) {
      return;
    }
    if (isSources(node)) {
      return;
    }
    if (isDescription(node)) {
      ts.forEachChild(node.expression, visit);
      return;
    }
    const isText =
      ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isRegularExpressionLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node) ||
      ts.isNumericLiteral(node);
    if (isText) {
      found.push({ line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** An example in a message for people. */
const EXAMPLE = /\b(?:such as|for example) \S+/g;

const words = CODE.flatMap((path) =>
  literals(path).map(({ line, text }) => ({ place: `${path}:${line}`, text: text.replace(EXAMPLE, '') })),
);

function placesOf(pattern: RegExp, where = words): string[] {
  return where.filter(({ text }) => pattern.test(text)).map(({ place, text }) => `${place}: ${pattern.exec(text)![0]}`);
}

function wordPattern(names: Iterable<string>): RegExp {
  const escaped = [...names].map((name) => name.replace(/[.+]/g, '\\$&'));
  return new RegExp(`(?<![\\w./-])(?:${escaped.join('|')})(?![\\w/-]|\\.\\w)`);
}

/** Releases as the raw facts name them. */
function releases(platform: 'alpine' | 'debian' | 'ubuntu'): string[] {
  type Raw = { branches?: Record<string, object>; releases?: Record<string, { codename?: string; version?: string }> };
  const { branches, releases: named } = rawFacts<Raw>(platform);
  return [
    ...Object.keys(branches ?? {}),
    ...Object.entries(named ?? {}).flatMap(([name, { codename }]) => [name, ...(codename ? [codename] : [])]),
  ];
}

describe('outside of src/catalog the code', () => {
  it('has no digest and no checksum, not even in a comment', () => {
    const all = CODE.flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .split('\n')
        .map((text, index) => ({ place: `${path}:${index + 1}`, text })),
    );
    expect(placesOf(DIGEST, all)).toEqual([]);
  });

  it('has no package name of a PHP version', () => {
    expect(placesOf(PHP_PACKAGE)).toEqual([]);
    expect(placesOf(/\bphp[5-9]\d?\b/)).toEqual([]);
  });

  it('has no codename and no number of a release', () => {
    const names = [
      ...releases('alpine'),
      ...releases('debian'),
      ...releases('ubuntu'),
      'bullseye',
      'focal',
      'sid',
      'forky',
    ];
    expect(placesOf(wordPattern(names))).toEqual([]);
  });

  it('has no version of nginx, PHP or s6-overlay but those that images.ts asks for', () => {
    const version = /(?<![\w.])\d+\.\d+\.\d+(?:\.\d+)?(?![\w.])/;
    // Loopback, every address, and the network that is set aside for documentation.
    const addresses = /127\.0\.0\.1|0\.0\.0\.0|203\.0\.113\.\d+/;
    // The version of a format, which its documents have to name.
    const format = /sarif\.ts:\d+: 2\.1\.0$/;
    // What a person may type: the examples of the help, which are tried in test/unit/cli.
    const examples = /^(?:images\.ts|src\/cli\/declare-[a-z-]+\.ts):/;
    const allowed = [addresses, format, examples];
    expect(placesOf(version).filter((place) => !allowed.some((pattern) => pattern.test(place)))).toEqual([]);
    const php = wordPattern(Object.keys(rawFacts<{ versions: object }>('php-lifecycle').versions));
    expect(placesOf(php).filter((place) => !examples.test(place))).toEqual([]);
  });

  it('has no name of a package, the allowed words apart', () => {
    const names = [...systemPackageNames()].filter((name) => !Object.hasOwn(ALLOWED, name));
    const sources = words.filter(({ place }) => place.includes('.ts:'));
    expect(placesOf(wordPattern(names), sources)).toEqual([]);
  });

  it('uses every allowed word', () => {
    const unused = Object.keys(ALLOWED).filter(
      (name) => placesOf(wordPattern([name])).length === 0 && !words.some(({ text }) => text.includes(name)),
    );
    expect(unused).toEqual([]);
  });
});

test('a fact in code would be found', () => {
  const at = (text: string) => [{ place: 'here', text }];
  expect(placesOf(DIGEST, at(`FROM x@sha256:${'0'.repeat(64)}`))).toHaveLength(1);
  expect(placesOf(PHP_PACKAGE, at('php8.4-intl'))).toHaveLength(1);
  expect(placesOf(wordPattern(['trixie', '3.22']), at('debian:trixie'))).toHaveLength(1);
  expect(placesOf(wordPattern(['trixie', '3.22']), at('alpine 3.22'))).toHaveLength(1);
  expect(placesOf(wordPattern(['dash']), at('apt-get install dash'))).toHaveLength(1);
  expect(placesOf(wordPattern(['dash']), at('letters, digits and dashes'))).toEqual([]);
});
