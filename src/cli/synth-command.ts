import { findWarnings, type OutputReport } from '../synth';
import { openApp } from './open-app';

/** Options of `synth`. */
export interface SynthCommandOptions {
  readonly app: string;
  readonly output: string;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly failOnEndOfLife?: boolean;
}

/** Exit status when the output differs. */
const DRIFT = 1;

/** Exit status when --fail-on-end-of-life found something. */
const END_OF_LIFE = 3;

/** `dockerfile-generator synth`; gives the exit status. */
export async function synthCommand(options: SynthCommandOptions): Promise<number> {
  const app = await openApp(options.app, options.output);
  const report = app.synth({ check: options.check, force: options.force });
  process.stdout.write(describe(report, options));
  const warnings = findWarnings(report.manifest, new Date().toISOString().slice(0, 10));
  warnings.forEach(({ text, images }) => process.stderr.write(`warning: ${text} (${images.join(', ')})\n`));
  if (options.check && report.drift) {
    return DRIFT;
  }
  return options.failOnEndOfLife && warnings.some(({ code }) => code === 'end-of-life') ? END_OF_LIFE : 0;
}

function describe(report: OutputReport, { output, check }: SynthCommandOptions): string {
  const lines = check ? describeCheck(report, output) : describeWrite(report, output);
  const foreign = report.foreign.map((path) => `left alone, not generated: ${output}/${path}`);
  return `${[...lines, ...foreign].join('\n')}\n`;
}

function describeCheck(report: OutputReport, output: string): string[] {
  if (!report.drift) {
    return [`${output} is up to date (${report.unchanged} files)`];
  }
  return [
    `${output} differs from what images.ts describes; run: npx projen synth`,
    ...report.written.map((path) => `  differs: ${path}`),
    ...report.removed.map((path) => `  not generated any more: ${path}`),
  ];
}

function describeWrite(report: OutputReport, output: string): string[] {
  const counts = [
    `${report.written.length} written`,
    `${report.removed.length} removed`,
    `${report.unchanged} unchanged`,
  ];
  return [`${output}: ${counts.join(', ')}`];
}
