import type { z } from 'zod';
import type { Problem } from '../errors';
import { describeIssue } from './describe-issue';
import { imageConfigSchema, type ImageConfig } from './image-config';
import { mergeLayers, withoutValue, type ConfigLayer, type MergedLayers } from './layers';
import { shareConfig } from './share-config';

/** What the schema says of layers. */
export interface CheckedLayers {
  /** What they make, without the values that were refused; undefined where too little is left. */
  readonly values?: ImageConfig;
  /** The layers without those values. */
  readonly layers: readonly ConfigLayer[];
  readonly problems: readonly Problem[];
}

/** Merged layers after the schema. */
interface Parsed {
  readonly values?: ImageConfig;
  readonly issues: readonly z.core.$ZodIssue[];
  readonly merged: MergedLayers;
}

/**
 * Merges layers and checks the result by the schema.
 *
 * @param where construct path, for the problems
 * @param beside names of options that are given beside the configuration
 */
export function checkLayers(
  layers: readonly ConfigLayer[],
  where: string,
  beside: readonly string[] = [],
): CheckedLayers {
  const { values, issues, merged } = parse(layers);
  if (values) {
    return { values, layers, problems: [] };
  }
  const problems = issues.flatMap((issue) => describeIssue(issue, { where, merged, beside }));
  const rest = withoutRefused(layers, issues);
  return { values: parse(rest).values, layers: rest, problems };
}

function parse(layers: readonly ConfigLayer[]): Parsed {
  const merged = mergeLayers(layers);
  const parsed = imageConfigSchema.safeParse(merged.value);
  return parsed.success
    ? { values: shareConfig(parsed.data), issues: [], merged }
    : { issues: parsed.error.issues, merged };
}

/** The layers without the values that were refused, so that what is left can be checked too. */
function withoutRefused(layers: readonly ConfigLayer[], issues: readonly z.core.$ZodIssue[]): ConfigLayer[] {
  const [base, ...above] = layers;
  const paths = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  return [base!, ...above.map((layer) => paths.reduce(withoutValue, layer))];
}
