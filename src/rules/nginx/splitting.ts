import { flatMap } from '../../config/flat-map';
import type { Finding } from '../rule';
import { expressionOf } from './condition';
import { patternOf } from './find-location';
import type { NginxNode } from './nginx-node';
import type { NginxTree } from './read-nginx';
import { decodedVariables, variablesIn } from './variables';

/** Parts of a request that may hold a line break, where they reach a header: what follows it would be a header too. */
export function findSplitting({ main }: NginxTree): Finding[] {
  const decoded = decodedVariables(main);
  return main
    .find('add_header', 'add_trailer', 'proxy_pass', 'proxy_redirect', 'proxy_set_header', 'return', 'rewrite')
    .flatMap((node) => {
      const used = flatMap(node.args.slice(node.name === 'rewrite' ? 1 : 0), variablesIn);
      const decodes = used.filter((name) => decoded.has(name));
      const captured = isHeader(node) ? used.filter((name) => mayBreak(node, name)) : [];
      const told = [...new Set([...decodes, ...captured])];
      return told.length === 0
        ? []
        : [node.finding(`${node.name} uses $${told.join(', $')}, which may hold a line break: ${node.title}`)];
    });
}

/** Whether what a directive says reaches a header; a rewrite within the server does not. */
function isHeader({ name, args }: NginxNode): boolean {
  if (name !== 'rewrite') {
    return true;
  }
  const [, target = '', flag] = args;
  return /^(?:\$scheme|https?:)/.test(target) || (flag !== undefined && !/^(?:last|break)$/.test(flag));
}

/** Whether a variable is a capture that may hold a line break, or was set to one. */
function mayBreak(node: NginxNode, variable: string, asked: readonly string[] = []): boolean {
  const expression = expressionAround(node);
  if (expression === undefined || !matchesBreaks(expression)) {
    return false;
  }
  if (/^\d$/.test(variable) || new RegExp(`\\(\\?P?[<']${variable}[>']`).test(expression)) {
    return true;
  }
  const values = node
    .parent!.own('set')
    .filter(({ args }) => args[0] === `$${variable}`)
    .flatMap(({ args }) => variablesIn(args[1] ?? ''));
  return values.some((other) => !asked.includes(other) && mayBreak(node, other, [...asked, variable]));
}

/** The expression whose captures a directive sees: its own, or that of the block that matched last. */
function expressionAround(node: NginxNode): string | undefined {
  if (node.name === 'rewrite') {
    return node.args[0];
  }
  for (let block = node.parent; block; block = block.parent) {
    const expression =
      block.name === 'if' ? expressionOf(block) : block.name === 'location' ? locationExpression(block) : undefined;
    if (expression !== undefined) {
      return expression;
    }
  }
  return undefined;
}

function locationExpression(location: NginxNode): string | undefined {
  const { kind, text } = patternOf(location);
  return kind === 'expression' ? text : undefined;
}

/** Whether an expression matches line breaks: `[^/]+`, `\s`, `(?s)`; a class that leaves them out does not. */
function matchesBreaks(expression: string): boolean {
  const rest = expression.replace(/\[\^[^\]]*(?:\\[nrs]|[\n\r])[^\]]*\]/g, '');
  return /\[\^|\\[sDWNRHV]|\(\?\w*s/.test(rest);
}
