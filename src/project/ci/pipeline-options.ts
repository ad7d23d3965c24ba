/** What every pipeline has to know of its project. */
export interface PipelineOptions {
  /** Branch that is published. */
  readonly defaultReleaseBranch: string;
  /**
   * Registry that images are published to, with its namespace.
   *
   * @default - the registry of the forge
   */
  readonly imageRegistry?: string;
  /**
   * Address of the repository.
   *
   * @default - none is known
   */
  readonly repository?: string;
  /**
   * Directory of the build contexts, relative to the project.
   *
   * @default 'output'
   */
  readonly outdir?: string;
}

/** How a pipeline calls the command line. */
export const COMMAND = 'npx --no-install dockerfile-generator';

/** Receipts of what each job pushed. */
export const RECEIPTS = 'receipts';

/** Newer bases and dates of support, and what comes of them. */
export const UPDATE = [`${COMMAND} catalog:update --end-of-life`, 'npx --no-install projen'];

/** What is on the disk is what the tree and .projenrc.ts say. */
export const DRIFT_CHECK = ['npx --no-install projen', 'git add --intent-to-add .', 'git --no-pager diff --exit-code'];
