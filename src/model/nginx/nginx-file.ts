import { flatMap } from '../../config/flat-map';
import { assertMatches, assertPlain } from '../template-error';

/** A directive of nginx, with a block where it opens one. */
export interface NginxDirective {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly NginxNode[];
}

/** A line for the reader. */
export interface NginxComment {
  readonly comment: string;
}

/** What an nginx file is made of. */
export type NginxNode = NginxDirective | NginxComment;

/**
 * A directive. Arguments are data: one with spaces is quoted when it is rendered.
 * Variables of nginx stand as `$name` and are allowed where the caller writes them, never in a person's values.
 */
export function directive(name: string, ...args: ReadonlyArray<string | number>): NginxDirective {
  return { name, args: args.map(String) };
}

/** A directive that opens a block. */
export function block(name: string, args: readonly string[], children: readonly NginxNode[]): NginxDirective {
  return { name, args, block: children };
}

/** A comment. */
export function comment(text: string): NginxComment {
  return { comment: text };
}

/** Names of all directives in the file, once each, by code point. */
export function directivesOf(nodes: readonly NginxNode[]): string[] {
  const names = flatMap(nodes, (node) => ('comment' in node ? [] : [node.name, ...directivesOf(node.block ?? [])]));
  return [...new Set(names)].sort();
}

/** Text of an nginx file, in the form that prettier's nginx plugin gives it. */
export function renderNginx(nodes: readonly NginxNode[]): string {
  return `${renderNodes(nodes, '').join('\n')}\n`;
}

function renderNodes(nodes: readonly NginxNode[], indent: string): string[] {
  return flatMap(nodes, (node, index) => {
    const lines = 'comment' in node ? [`${indent}# ${plain(node.comment)}`] : renderDirective(node, indent);
    return index > 0 && opensParagraph(nodes, index) ? ['', ...lines] : lines;
  });
}

/** A block stands apart, together with the comments before it, from what is before and after it. */
function opensParagraph(nodes: readonly NginxNode[], index: number): boolean {
  const previous = nodes[index - 1]!;
  if ('comment' in previous) {
    return false;
  }
  const next = nodes.slice(index).find((node): node is NginxDirective => !('comment' in node));
  return next !== undefined && (next.block !== undefined || previous.block !== undefined);
}

/** Name of a directive, or in a map a regular expression that needs no quotes. */
const NAME = /^(?:[a-z][a-z0-9_]*|~(?:[^\s;{}"'\\#]|\\z)+)$/;

function renderDirective(node: NginxDirective, indent: string): string[] {
  assertMatches(node.name, NAME, 'nginx', 'the name of a directive');
  const head = [node.name, ...node.args.map((arg) => renderArgument(arg, node.name))].join(' ');
  if (node.block === undefined) {
    return [`${indent}${head};`];
  }
  return [`${indent}${head} {`, ...renderNodes(node.block, `${indent}  `), `${indent}}`];
}

/** Words of letters that nginx's lexer takes as they are; anything else is quoted. */
const BARE = /^[A-Za-z0-9_.,:/=@%+*~^?()|<>[\]!&$\\-]+$/;

/** Values of people come without quotes, backslashes and dollars (config/fields); the rest is written in this package. */
function renderArgument(arg: string, name: string): string {
  assertPlain(arg, `nginx: ${name}`, `$\\'"`);
  if (BARE.test(arg)) {
    return arg;
  }
  const quote = arg.includes('"') ? "'" : '"';
  assertPlain(arg, `nginx: ${name}`, quote === '"' ? "$'" : '$"');
  return quote + arg + quote;
}

function plain(text: string): string {
  assertPlain(text, 'nginx: comment', "'$");
  return text;
}
