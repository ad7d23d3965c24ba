import type { z } from 'zod';
import type { Problem } from '../errors';
import { findDisagreements } from './agreement';
import { describeIssue } from './describe-issue';
import { imageConfigSchema, type ImageConfig } from './image-config';
import { mergeLayers, withoutValue, type ConfigLayer, type MergedLayers } from './layers';
import { shareConfig } from './share-config';

/** Merged layers after the schema. */
interface Parsed {
  readonly config?: ResolvedConfig;
  readonly issues: readonly z.core.$ZodIssue[];
  readonly merged: MergedLayers;
}

/** A configuration with the story of how it came about. */
export class ResolvedConfig {
  /**
   * Merges layers and checks the result.
   *
   * @param where construct path, for the problems
   * @param beside names of options that are given beside the configuration
   */
  static resolve(
    layers: readonly ConfigLayer[],
    where: string,
    beside: readonly string[] = [],
  ): { config?: ResolvedConfig; problems: Problem[] } {
    const { config, issues, merged } = ResolvedConfig.parse(layers);
    if (config) {
      return { config, problems: findDisagreements(config.values, where) };
    }
    const problems = issues.flatMap((issue) => describeIssue(issue, { where, merged, beside }));
    const rest = ResolvedConfig.parse(withoutRefused(layers, issues)).config;
    return rest ? { config: rest, problems: [...problems, ...findDisagreements(rest.values, where)] } : { problems };
  }

  /** What layers make: a configuration, or what is wrong with it. */
  private static parse(layers: readonly ConfigLayer[]): Parsed {
    const merged = mergeLayers(layers);
    const parsed = imageConfigSchema.safeParse(merged.value);
    return parsed.success
      ? { config: new ResolvedConfig(shareConfig(parsed.data), layers), issues: [], merged }
      : { issues: parsed.error.issues, merged };
  }

  private constructor(
    readonly values: ImageConfig,
    private readonly layers: readonly ConfigLayer[],
  ) {}

  /** Few ask where a value came from, and the answer is larger than the values. */
  private get origins(): ReadonlyMap<string, string> {
    return mergeLayers(this.layers).origins;
  }

  /**
   * Name of the layer that a value came from.
   *
   * @param path dotted path (`php.fpm.maxChildren`)
   */
  origin(path: string): string | undefined {
    return this.origins.get(path);
  }

  /** Every value with its layer, by path. */
  explain(): Array<{ readonly path: string; readonly value: unknown; readonly layer: string }> {
    const { origins } = this;
    return [...origins.keys()].sort().map((path) => ({
      path,
      value: valueOf(this.values, path),
      layer: origins.get(path)!,
    }));
  }
}

/** The layers without the values that were refused, so that what is left can be checked too. */
function withoutRefused(layers: readonly ConfigLayer[], issues: readonly z.core.$ZodIssue[]): ConfigLayer[] {
  const [base, ...above] = layers;
  const paths = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  return [base!, ...above.map((layer) => paths.reduce(withoutValue, layer))];
}

/** The value of a dotted path; names of php.ini settings contain dots themselves. */
function valueOf(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const keys = Object.keys(value);
  const key = keys.find((name) => path === name) ?? keys.find((name) => path.startsWith(`${name}.`));
  const inner = key === undefined ? undefined : (value as Record<string, unknown>)[key];
  return path === key || key === undefined ? inner : valueOf(inner, path.slice(key.length + 1));
}
