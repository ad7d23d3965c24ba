import { dirname, join } from 'node:path';
import { STATUS } from './exit-status';
import { inLittleMemory } from './little-memory';
import { countBytes, countImages, phase } from './observed';
import { openApp } from './open-app';
import { optimizedForFleet } from './optimize-late';
import { print, printJson, warn } from './terminal';
import { rememberConfigs } from '../config';
import { ConfigCache } from '../synth/config-cache';
import { findWarnings } from '../synth/warnings';
import type { OutputReport } from '../synth/write-output';

/** Options of `synth`. */
export interface SynthCommandOptions {
  readonly app: string;
  readonly output: string;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly failOnEndOfLife?: boolean;
  readonly json?: boolean;
}

/** `dockerfile-generator synth`; gives the exit status. */
export async function synthCommand(options: SynthCommandOptions): Promise<number> {
  const report = await withKnownConfigs(options, () => synthesize(options));
  countImages('generated', Object.keys(report.outlines).length);
  countBytes(options.output, () => (options.check ? [] : report.written));
  const warnings = findWarnings({ images: report.outlines }, new Date().toISOString().slice(0, 10));
  if (options.json) {
    const { written, removed, unchanged, foreign, drift } = report;
    printJson({ output: options.output, written, removed, unchanged, foreign, drift, warnings });
  } else {
    print(describe(report, options));
    warnings.forEach(({ text, images }) => warn(`${text} (${someOf(images)})`));
  }
  if (options.check && report.drift) {
    return STATUS.failed;
  }
  const ended = options.failOnEndOfLife && warnings.some(({ code }) => code === 'end-of-life');
  return ended ? STATUS.endOfLife : STATUS.ok;
}

async function synthesize({ app: file, output, check, force }: SynthCommandOptions): Promise<OutputReport> {
  const app = await phase('load', () => openApp(file, output));
  return phase(check ? 'check' : 'synth', () =>
    forMany(app.node.children.length, () => app.synth({ check, force, cache: cacheBeside(file) })),
  );
}

function forMany<T>(images: number, work: () => T): T {
  return inLittleMemory(images, () => optimizedForFleet(images, work));
}

/** Spares configurations that were found right before the check; a check of the output checks them too. */
async function withKnownConfigs<T>({ app, check }: SynthCommandOptions, work: () => Promise<T>): Promise<T> {
  const known = check ? undefined : ConfigCache.open(cacheBeside(app), app);
  rememberConfigs(known);
  try {
    const result = await work();
    known?.keep();
    return result;
  } finally {
    rememberConfigs(undefined);
  }
}

/** Names that a line tells; `--json` tells all. */
const TOLD = 12;

function someOf(names: readonly string[]): string {
  const more = names.length - TOLD;
  // One that is left out would be told in the room that says so.
  return more <= 1 ? names.join(', ') : `${names.slice(0, TOLD).join(', ')} and ${more} more`;
}

/** What can be lost lies beside the transpiled module. */
function cacheBeside(app: string): string {
  return join(dirname(app), 'node_modules', '.cache', 'projen-nginx-php');
}

function describe(report: OutputReport, options: SynthCommandOptions): string {
  const { output, check } = options;
  const lines = check ? describeCheck(report, options) : describeWrite(report, output);
  const foreign = report.foreign.map((path) => `left alone, not generated: ${output}/${path}`);
  return `${[...lines, ...foreign].join('\n')}\n`;
}

function describeCheck(report: OutputReport, { app, output }: SynthCommandOptions): string[] {
  if (!report.drift) {
    return [`${output} is up to date (${report.unchanged} files)`];
  }
  return [
    `${output} differs from what ${app} describes; run: dockerfile-generator synth`,
    ...report.written.map((path) => `  differs: ${path}`),
    ...report.removed.map((path) => `  not generated any more: ${path}`),
  ];
}

function describeWrite(report: OutputReport, output: string): string[] {
  const counts = [
    `${report.writtenCount} written`,
    `${report.removed.length} removed`,
    `${report.unchanged} unchanged`,
  ];
  return [`${output}: ${counts.join(', ')}`];
}
