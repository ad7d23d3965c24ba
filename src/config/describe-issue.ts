import type { z } from 'zod';
import { didYouMean, type Problem } from '../errors';
import type { MergedLayers } from './layers';
import { meantOption } from './option-names';

/** Where a value that was refused stands. */
export interface IssueContext {
  /** Construct path. */
  readonly where: string;
  readonly merged: MergedLayers;
  /** Names of options that are given beside the configuration. */
  readonly beside: readonly string[];
}

/** What the schema says of a value, as problems of ours. */
export function describeIssue(issue: z.core.$ZodIssue, { where, merged, beside }: IssueContext): Problem[] {
  const path = issue.path.map(String).join('.');
  const layer = merged.origins.get(path);
  const origin = layer ? ` (from layer ${layer})` : '';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      where,
      what: `${[path, key].filter(Boolean).join('.')} is not an option`,
      next: meantOption(issue.path, key, beside),
    }));
  }
  const value = valueAt(merged.value, issue.path.map(String));
  const found = show(value);
  const what = found === undefined ? `${path} is not given` : `${path}: ${shorten(found)} ${issueText(issue)}${origin}`;
  return [{ where, what, next: nextOf(issue, path, value) }];
}

/** What to write instead; never the value that was refused. */
function nextOf(issue: z.core.$ZodIssue, path: string, value: unknown): string {
  const own = issue.code === 'invalid_key' ? issue.issues.map(ownNext).find(Boolean) : ownNext(issue);
  if (own !== undefined) {
    return own;
  }
  if (issue.code === 'invalid_value' && issue.values.length > 1 && typeof value === 'string') {
    return `write ${didYouMean(value, issue.values.map(String))}`;
  }
  const example = / such as (.+)$/.exec(issueText(issue))?.[1];
  return `give ${path || 'the configuration'} a value ${example ? `such as ${example}` : 'that is accepted'}`;
}

/** What a check of ours says to do. */
function ownNext(issue: z.core.$ZodIssue): string | undefined {
  return issue.code === 'custom' ? (issue.params as { readonly next?: string } | undefined)?.next : undefined;
}

function issueText(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'string' ? 'is not text: write it in quotes' : `is not of the type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.length > 1 ? `is not one of ${issue.values.join(', ')}` : issue.message;
    case 'too_small':
      return issue.message.startsWith('Too small') ? `is less than ${issue.minimum}` : issue.message;
    case 'too_big':
      return issue.message.startsWith('Too big') ? `is more than ${issue.maximum}` : issue.message;
    case 'invalid_key':
      return `${issue.issues.map((inner) => inner.message).join(', ')}`;
    default:
      return issue.message;
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (current, key) =>
      typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[key] : undefined,
    value,
  );
}

/** JSON where there is one; a BigInt has none. */
function show(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return String(value);
  }
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
