import type { Problem } from '../errors';
import { findDisagreements } from './agreement';
import type * as CheckLayers from './check-layers';
import type { ImageConfig } from './image-config';
import { knownConfig } from './known-configs';
import { mergeLayers, type ConfigLayer } from './layers';

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
    const { values, remember } = knownConfig(layers);
    const checked = values ? { values, layers, problems: [] } : check(layers, where, beside);
    if (!checked.values) {
      return { problems: [...checked.problems] };
    }
    if (checked.problems.length === 0) {
      remember(checked.values);
    }
    return {
      config: new ResolvedConfig(checked.values, checked.layers),
      problems: [...checked.problems, ...findDisagreements(checked.values, where)],
    };
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

function check(...args: Parameters<typeof CheckLayers.checkLayers>): CheckLayers.CheckedLayers {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy: zod takes longer to load than a tree to make
  return (require('./check-layers') as typeof CheckLayers).checkLayers(...args);
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
