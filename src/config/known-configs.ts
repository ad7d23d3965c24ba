import { BASE_CONFIG } from './base-config';
import { canonicalText } from './canonical-text';
import type { ImageConfig } from './image-config';
import type { ConfigLayer } from './layers';

/** Configurations that were found right, each by a text that only equal layers share. */
export interface ConfigMemory {
  recall(text: string): ImageConfig | undefined;
  remember(text: string, config: ImageConfig): void;
}

let memory: ConfigMemory | undefined;

/** Lets configurations be remembered from now on; undefined: not any more. */
export function rememberConfigs(given: ConfigMemory | undefined): void {
  memory = given;
}

/** What layers make, and a way to remember it. */
export interface KnownConfig {
  readonly values: ImageConfig | undefined;
  readonly remember: (config: ImageConfig) => void;
}

/** What is known of layers; nothing, and nothing is remembered, where they have something in them that has no text. */
export function knownConfig(layers: readonly ConfigLayer[]): KnownConfig {
  const text = memory && textOf(layers);
  return {
    values: text === undefined ? undefined : memory?.recall(text),
    remember: (config) => text !== undefined && memory?.remember(text, config),
  };
}

function textOf(layers: readonly ConfigLayer[]): string | undefined {
  const texts = layers.map(({ values }) => (values === BASE_CONFIG ? 'base' : canonicalText(values)));
  return texts.includes(undefined) ? undefined : texts.join('\n');
}
