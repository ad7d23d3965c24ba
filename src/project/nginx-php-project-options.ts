import type { typescript } from 'projen';

/**
 * Options of a repository that holds images. Whatever a TypeScript project of projen can be told, it can be told too;
 * defaults that differ: TypeScript ~6.0, the runner tsx, npm, snapshots that tests never write, no release of a
 * package, no workflows of projen's own.
 */
export interface NginxPhpProjectOptions extends typescript.TypeScriptProjectOptions {
  /**
   * Pipelines that are generated: `github`, `gitlab`, `jenkins`, and `argocd` for what deploys.
   *
   * @default ['github']
   */
  readonly ci?: readonly string[];
  /**
   * Registry that images are published to, with its namespace: `registry.example.com:5000/shop`.
   *
   * @default - that of the forge: ghcr.io, $CI_REGISTRY; 127.0.0.1:5000 where there is none
   */
  readonly imageRegistry?: string;
  /**
   * Environments of `publish` beside `production`, or in its place, as docs/publish.md describes them.
   *
   * @default - production alone: images are scanned, and signed where `repository` tells who signs
   */
  readonly imageEnvironments?: Readonly<Record<string, unknown>>;
  /**
   * Directory of the build contexts, relative to the project.
   *
   * @default 'output'
   */
  readonly imageOutdir?: string;
  /**
   * Whether a synthesis ends with a status of its own when the makers of a PHP or a base give no fixes any more.
   *
   * @default false
   */
  readonly failOnEndOfLife?: boolean;
  /**
   * Whether renovate.json5 is written: Renovate keeps npm packages and pinned actions fresh.
   *
   * @default true
   */
  readonly renovatePreset?: boolean;
}
