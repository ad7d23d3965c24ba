import type { IConstruct } from 'constructs';
import { assemble } from './assemble';
import { checkOutput, writeOutput, type OutputReport } from './write-output';

/** Options of a synthesis. */
export interface SynthOptions {
  /** Write nothing; say what differs. @default false */
  readonly check?: boolean;
  /** Overwrite generated files that were edited by hand. @default false */
  readonly force?: boolean;
}

/** Synthesizes a tree into a directory. */
export function synthesize(root: IConstruct, outdir: string, options: SynthOptions = {}): OutputReport {
  const { manifest, files } = assemble(root, outdir);
  return options.check ? checkOutput(outdir, manifest) : writeOutput(outdir, manifest, files, options.force ?? false);
}
