import type { NginxNode } from './nginx-node';
import { onceFor } from '../../config/once-for';
import { readOnce } from '../parsed-texts';

/**
 * The block that answers a path: a location, or the server itself where none matches. As nginx looks: an exact
 * location, then the longest prefix, then, unless that one says `^~`, regular expressions in their order.
 */
export function findLocation(block: NginxNode, path: string): NginxNode {
  return find(block, path) ?? block;
}

/** What a location matches, and how. */
export interface LocationPattern {
  readonly kind: 'exact' | 'prefix' | 'final-prefix' | 'expression' | 'named';
  readonly text: string;
  readonly ignoreCase: boolean;
}

export function patternOf({ args }: NginxNode): LocationPattern {
  // `location ~x` and `location =/x` are read without the space, too.
  const [, modifier = '', rest = ''] =
    args.length > 1 ? ['', args[0], args[1]] : (/^(=|\^~|~\*|~)?(.*)$/s.exec(args[0] ?? '') ?? []);
  const kind = ({ '=': 'exact', '^~': 'final-prefix', '~': 'expression', '~*': 'expression' } as const)[modifier];
  return {
    kind: kind ?? (rest.startsWith('@') ? 'named' : 'prefix'),
    text: rest,
    ignoreCase: modifier === '~*',
  };
}

const locationsOf = onceFor((block: NginxNode) =>
  block.own('location').map((node) => ({ node, pattern: patternOf(node) })),
);

function find(block: NginxNode, path: string): NginxNode | undefined {
  const locations = locationsOf(block);
  const exact = locations.find(({ pattern }) => pattern.kind === 'exact' && pattern.text === path);
  if (exact) {
    return exact.node;
  }
  const [longest] = locations
    .filter(({ pattern }) => /prefix$/.test(pattern.kind) && path.startsWith(pattern.text))
    .sort((a, b) => b.pattern.text.length - a.pattern.text.length);
  const within = longest ? find(longest.node, path) : undefined;
  if (within && /^(?:exact|expression)$/.test(patternOf(within).kind)) {
    return within;
  }
  if (longest?.pattern.kind !== 'final-prefix') {
    const matching = locations.find(
      ({ pattern }) => pattern.kind === 'expression' && toRegExp(pattern.text, pattern.ignoreCase).test(path),
    );
    if (matching) {
      return find(matching.node, path) ?? matching.node;
    }
  }
  return within ?? longest?.node;
}

/** A regular expression of PCRE; throws for one that means nothing here, so that nobody takes it for understood. */
export function toRegExp(pattern: string, ignoreCase: boolean): RegExp {
  return readOnce(ignoreCase ? readIgnoringCase : readExpression, pattern);
}

const readIgnoringCase = (pattern: string): RegExp => compile(pattern, true);
const readExpression = (pattern: string): RegExp => compile(pattern, false);

function compile(pattern: string, ignoreCase: boolean): RegExp {
  const [, inline = '', rest = ''] = /^(\(\?[is]+\))?(.*)$/s.exec(pattern) ?? [];
  const flags = `${ignoreCase || inline.includes('i') ? 'i' : ''}${inline.includes('s') ? 's' : ''}`;
  const text = rest
    .replaceAll('(?P<', '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/([*+?}])\+/g, '$1');
  return new RegExp(text, flags);
}
