import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Gauge, Registry } from 'prom-client';
import { DockerfileGeneratorError } from '../errors';
import type { RunNumbers } from './run-metrics';

/**
 * Writes the numbers of a run as Prometheus text, for the textfile collector of node_exporter or a push gateway. The
 * file is renamed into its place: a collector never reads half of it.
 *
 * @throws DockerfileGeneratorError FILE_WRITE_ERROR
 */
export async function writeMetrics(file: string, numbers: RunNumbers): Promise<void> {
  const text = await renderMetrics(numbers);
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const problem = {
      where: file,
      what: (error as Error).message,
      next: 'name a file that can be written with --metrics-file',
    };
    throw new DockerfileGeneratorError('FILE_WRITE_ERROR', [problem], { cause: error });
  }
}

/** The numbers of a run as Prometheus text. */
export function renderMetrics({ command, ...run }: RunNumbers): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labels: readonly string[] = []): Gauge =>
    new Gauge({
      name: `dockerfile_generator_${name}`,
      help,
      labelNames: ['command', ...labels],
      registers: [registry],
    });
  gauge('run_timestamp_seconds', 'When the run began.').set({ command }, run.begin / 1000);
  gauge('run_duration_seconds', 'How long the run took.').set({ command }, run.duration / 1000);
  gauge('exit_status', 'Exit status of the run; 0 is done.').set({ command }, run.status);
  const phases = gauge('phase_duration_seconds', 'How long each phase took.', ['phase']);
  for (const { name, duration } of run.phases) {
    phases.inc({ command, phase: name }, duration / 1000);
  }
  const images = gauge('images', 'Images by what became of them.', ['outcome']);
  Object.entries(run.images).forEach(([outcome, number]) => images.set({ command, outcome }, number));
  gauge('written_bytes', 'Bytes of the files that were written.').set({ command }, run.bytes);
  gauge('peak_memory_bytes', 'Resident memory at the most.').set({ command }, run.peakMemory);
  const cpu = gauge('cpu_seconds', 'CPU time of this process.', ['mode']);
  cpu.set({ command, mode: 'user' }, run.cpu.user);
  cpu.set({ command, mode: 'system' }, run.cpu.system);
  return registry.metrics();
}
