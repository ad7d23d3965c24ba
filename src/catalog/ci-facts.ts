import type { Architecture } from './facts';

/** An action of GitHub, pinned. */
export interface ActionFacts {
  /** `actions/checkout`, or a path below a repository. */
  readonly repository: string;
  readonly version: string;
  /** Commit of the tag of the version. */
  readonly commit: string;
}

/** What pipelines refer to, apart from what images are made of. */
export interface CiFacts {
  readonly actions: Readonly<Record<string, ActionFacts>>;
  /** Label of a runner of GitHub for each architecture. */
  readonly runners: Readonly<Record<Architecture, string>>;
  /** Image in which a job has Node.js. */
  readonly nodeImage: { readonly reference: string };
}

/** The facts that pipelines are generated from; loaded by nobody else. */
export function ciFacts(): CiFacts {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy, as every file of data
  return require('./data/ci.json') as CiFacts;
}
