import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * Writes .jsii, the file in which `projen new --from` looks for project types: what the type extends, and its options
 * with their docstrings. projen reads nothing else of jsii, so its compiler is not needed.
 */

const ROOT = join(__dirname, '..');
const ROOM = join(ROOT, 'src/project');

/** Exported name of each project type, the file of its class and of its options. */
const PROJECT_TYPES = [
  {
    name: 'NginxPhpProject',
    options: 'NginxPhpProjectOptions',
    files: ['nginx-php-project.ts', 'nginx-php-project-options.ts'],
  },
];

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The manifest, from the types as they stand in the sources. */
export function renderJsii(): string {
  const { name, version, devDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as PackageJson;
  const types = PROJECT_TYPES.flatMap((type) => [
    classOf(name, type.name, type.options, parse(type.files[0]!)),
    structOf(name, type.options, parse(type.files[1]!)),
  ]);
  const manifest = {
    schema: 'jsii/0.10.0',
    name,
    version,
    dependencies: { projen: devDependencies.projen },
    types: Object.fromEntries(types.map((type) => [type.fqn, type])),
  };
  const fingerprint = createHash('sha256').update(JSON.stringify(manifest)).digest('base64');
  return `${JSON.stringify({ ...manifest, fingerprint }, null, 2)}\n`;
}

function parse(file: string): ts.SourceFile {
  const path = join(ROOM, file);
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function find<T extends ts.ClassDeclaration | ts.InterfaceDeclaration>(
  source: ts.SourceFile,
  is: (node: ts.Node) => node is T,
  name: string,
): T {
  const found = source.statements
    .map((node): ts.Node => node)
    .filter(is)
    .find((node) => node.name?.getText() === name);
  if (!found) {
    throw new Error(`${source.fileName} declares no ${name}`);
  }
  return found;
}

function classOf(assembly: string, name: string, options: string, source: ts.SourceFile) {
  const node = find(source, ts.isClassDeclaration, name);
  return {
    assembly,
    base: parentOf(node),
    docs: docsOf(node),
    fqn: `${assembly}.${name}`,
    initializer: { parameters: [{ name: 'options', type: { fqn: `${assembly}.${options}` } }] },
    kind: 'class',
    name,
  };
}

function structOf(assembly: string, name: string, source: ts.SourceFile) {
  const node = find(source, ts.isInterfaceDeclaration, name);
  return {
    assembly,
    datatype: true,
    docs: docsOf(node),
    fqn: `${assembly}.${name}`,
    interfaces: [parentOf(node)],
    kind: 'interface',
    name,
    properties: node.members.filter(ts.isPropertySignature).map((member) => ({
      abstract: true,
      docs: docsOf(member),
      immutable: true,
      name: member.name.getText(),
      ...(member.questionToken ? { optional: true } : {}),
      type: typeOf(member.type!),
    })),
  };
}

/** A type of projen that is extended: it is imported from there by its module. */
function parentOf(node: ts.ClassDeclaration | ts.InterfaceDeclaration): string {
  return `projen.${node.heritageClauses![0]!.types[0]!.expression.getText()}`;
}

function typeOf(node: ts.TypeNode): object {
  const text = node.getText();
  if (['boolean', 'number', 'string'].includes(text)) {
    return { primitive: text };
  }
  const element = /^readonly (string|number)\[\]$/.exec(text)?.[1];
  if (element) {
    return { collection: { kind: 'array', elementtype: { primitive: element } } };
  }
  if (text === 'Readonly<Record<string, unknown>>') {
    return { collection: { kind: 'map', elementtype: { primitive: 'any' } } };
  }
  throw new Error(`an option of a project type cannot be ${text}: projen would not know how to render it`);
}

function docsOf(node: ts.Node): object {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = new Map(
    ts.getJSDocTags(node).map((tag) => [tag.tagName.text, ts.getTextOfJSDocComment(tag.comment) ?? '']),
  );
  const comment = ts.getTextOfJSDocComment(doc?.comment)?.replaceAll(/\s*\n\s*/g, ' ') ?? '';
  const [summary = '', ...remarks] = comment.split(/(?<=\.) /);
  const pjid = tags.get('pjid');
  return {
    summary,
    ...(remarks.length > 0 ? { remarks: remarks.join(' ') } : {}),
    ...(tags.has('default') ? { default: tags.get('default') } : {}),
    ...(pjid ? { custom: { pjid } } : {}),
  };
}

if (require.main === module) {
  writeFileSync(join(ROOT, '.jsii'), renderJsii());
}
