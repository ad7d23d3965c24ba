import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { shareConfig, type ConfigMemory, type ImageConfig } from '../config';
import { writeCacheFile } from './cache-file';
import { sha256 } from './output-plan';
import { packageIdentity } from './package-identity';

/** Configurations that are kept; whoever has more waits for other things. */
const KEPT = 250;

/**
 * Configurations that this very package has found right, in a directory for what can be lost. See
 * docs/decisions/0049-a-configuration-is-checked-once.md.
 */
export class ConfigCache implements ConfigMemory {
  /**
   * What is remembered for a module with images; undefined where the package runs from its sources.
   *
   * @param cache directory for what can be lost
   * @param app path of the module
   */
  static open(cache: string, app: string, identity = packageIdentity()): ConfigCache | undefined {
    return identity === undefined
      ? undefined
      : new ConfigCache(join(cache, `configs-${sha256(resolve(app)).slice(0, 16)}.json`), identity);
  }

  private readonly known: ReadonlyMap<string, ImageConfig>;
  private readonly used = new Map<string, ImageConfig>();

  private constructor(
    private readonly path: string,
    private readonly identity: string,
  ) {
    this.known = new Map(read(path, identity));
  }

  recall(text: string): ImageConfig | undefined {
    const used = this.used.get(text);
    const known = this.known.get(text);
    if (used || !known) {
      return used;
    }
    const config = shareConfig(known);
    this.used.set(text, config);
    return config;
  }

  remember(text: string, config: ImageConfig): void {
    if (this.used.size < KEPT) {
      this.used.set(text, config);
    }
  }

  /** Writes down what was asked for; what cannot be written is forgotten. */
  keep(): void {
    if (this.used.size === this.known.size && [...this.used.keys()].every((text) => this.known.has(text))) {
      return;
    }
    const content = JSON.stringify([...this.used]);
    writeCacheFile(this.path, `${seal(content, this.identity)}\n${content}`);
  }
}

/** What was written by this package, to the last byte; nothing otherwise. */
function read(path: string, identity: string): ReadonlyArray<readonly [string, ImageConfig]> {
  try {
    const [written, content] = readFileSync(path, 'utf8').split('\n');
    return content !== undefined && written === seal(content, identity)
      ? (JSON.parse(content) as Array<readonly [string, ImageConfig]>)
      : [];
  } catch {
    return [];
  }
}

/** A line that no other package would write above a content, nor above another content. */
function seal(content: string, identity: string): string {
  return sha256(`${identity}\n${content}`);
}
