import type { IConstruct } from 'constructs';
import type * as Assemble from './assemble';
import type * as Early from './early-output';
import { prepareTree } from './prepare-tree';
import { findUnchanged, memoryOf, rememberOutput } from './unchanged-output';
import type * as WriteOutput from './write-output';

/** Options of a synthesis. */
export interface SynthOptions {
  /** Write nothing; say what differs. @default false */
  readonly check?: boolean;
  /** Overwrite generated files that were edited by hand. @default false */
  readonly force?: boolean;
  /**
   * Directory for what is remembered of an output, so that one that is as it has to be is known without rendering it.
   * A check never asks it.
   *
   * @default - nothing is remembered
   */
  readonly cache?: string;
}

/** Synthesizes a tree into a directory. */
export function synthesize(root: IConstruct, outdir: string, options: SynthOptions = {}): WriteOutput.OutputReport {
  const { check = false, force = false, cache } = options;
  const prepared = prepareTree(root);
  const isAsked = cache !== undefined && !check && prepared.problems.length === 0;
  const memory = isAsked ? memoryOf(prepared, outdir, cache) : undefined;
  const unchanged = memory && findUnchanged(prepared, outdir, memory);
  if (unchanged) {
    return unchanged;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy: what is unchanged is not rendered
  const { assemblePrepared } = require('./assemble') as typeof Assemble;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy
  const { checkOutput, writeOutput } = require('./write-output') as typeof WriteOutput;
  if (check) {
    return checkOutput(outdir, assemblePrepared(prepared, outdir).manifest);
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- lazy
  const { EarlyOutput } = require('./early-output') as typeof Early;
  const names = prepared.problems.length > 0 ? [] : prepared.images.map(({ node }) => node.id);
  const early = EarlyOutput.begin(outdir, names);
  try {
    const { manifest, files } = assemblePrepared(prepared, outdir, early);
    if (!memory) {
      return writeOutput(outdir, manifest, files, force, { early });
    }
    const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
    const report = writeOutput(outdir, manifest, files, force, { early, see: (bytes) => hash.update(bytes) });
    rememberOutput(memory, report, hash);
    return report;
  } finally {
    early?.discard();
  }
}
