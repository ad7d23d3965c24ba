import type { NginxNode } from './nginx-node';

/** What an `if` asks. */
export interface Condition {
  /** `$request_method` */
  readonly variable: string;
  /** `~`, `!~*`, `=`; empty for a variable alone. */
  readonly operator: string;
  readonly value: string;
}

/** The condition of an `if`; spaces within its parentheses say nothing. */
export function conditionOf({ args }: NginxNode): Condition {
  const text = args.join(' ').replace(/^\(\s*|\s*\)$/g, '');
  const [, variable = text, operator = '', value = ''] = /^(\$\w+) (!?~\*?|!?=) (.*)$/s.exec(text) ?? [];
  return { variable, operator, value };
}

/** The expression that an `if` matches; undefined where it asks something else. */
export function expressionOf(node: NginxNode): string | undefined {
  const { operator, value } = conditionOf(node);
  return operator.includes('~') ? value : undefined;
}
