import type { Finding } from '../rule';
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
      const used = node.args.slice(node.name === 'rewrite' ? 1 : 0).flatMap(variablesIn);
      const decodes = used.filter((name) => decoded.has(name));
      const captured = splitsByCapture(node) ? used.filter((name) => /^\d$/.test(name)) : [];
      const told = [...new Set([...decodes, ...captured])];
      return told.length === 0
        ? []
        : [node.finding(`${node.name} uses $${told.join(', $')}, which may hold a line break: ${node.title}`)];
    });
}

/** A capture of an expression that matches line breaks, where it reaches a header: `[^/]+`, `\s`, `(?s)`. */
function splitsByCapture(node: NginxNode): boolean {
  const toClient = node.name !== 'rewrite' || /^(?:\$scheme|https?:)/.test(node.args[1] ?? '') || node.args.length > 2;
  const block = node.parent!;
  const expression =
    node.name === 'rewrite'
      ? (node.args[0] ?? '')
      : block.name === 'location' && patternOf(block).kind === 'expression'
        ? patternOf(block).text
        : block.name === 'if'
          ? block.args.join(' ')
          : '';
  const isInternal = node.name === 'rewrite' && /^(?:last|break)$/.test(node.args[2] ?? '');
  return toClient && !isInternal && /\[\^(?![^\]]*\\[nrs])|\\[sDWNRHV]|\(\?\w*s/.test(expression);
}
