import { SILENT, type Logger, type LogOptions } from './logger';
import type { Redactor } from './redact';
import { RunMetrics, type ImageOutcome } from './run-metrics';
import { openTelemetry, wantsTelemetry, type Telemetry } from './telemetry';

/** How a run is observed. */
export interface RunOptions {
  readonly command: string;
  /** Words of the command line. */
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly redactor: Redactor;
  /** @default - nothing is logged */
  readonly log?: Omit<LogOptions, 'redactor'>;
  /** File for the numbers as Prometheus text. @default - none */
  readonly metricsFile?: string;
  /** Told what is not as it was asked for. */
  readonly warn: (message: string) => void;
}

/** One run of a command: its log, its numbers and its trace. */
export class Run {
  /** Opens the log, and what sends to a collector. */
  static async start(options: RunOptions): Promise<Run> {
    const { log, redactor, environment, warn } = options;
    const logger = log ? await (await import('./pino-logger')).openLog({ ...log, redactor }) : SILENT;
    const telemetry = wantsTelemetry(environment) ? await openTelemetry(warn) : undefined;
    logger.info('begin', { command: options.command, args: options.args, node: process.versions.node });
    return new Run(options, logger, telemetry);
  }

  readonly metrics: RunMetrics;

  private constructor(
    private readonly options: RunOptions,
    readonly logger: Logger,
    private readonly telemetry: Telemetry | undefined,
  ) {
    this.metrics = new RunMetrics(options.command);
  }

  /** Notes a stretch of the run. */
  phase(name: string, begin: number, failed = false): void {
    const duration = Date.now() - begin;
    this.metrics.addPhase({ name, begin, duration, failed });
    this.logger[failed ? 'error' : 'debug'](`phase ${name}`, { duration });
  }

  /** Counts images. */
  images(outcome: ImageOutcome, number: number): void {
    this.metrics.addImages(outcome, number);
  }

  /** Ends the run: writes and sends its numbers. What cannot be sent changes nothing about the command. */
  async end(status: number, error?: unknown): Promise<void> {
    const numbers = this.metrics.numbers(status);
    if (error instanceof Error) {
      this.logger.error(error.message, { error: error.name, problems: (error as { details?: unknown }).details });
    }
    this.logger.info('end', { status, duration: numbers.duration, images: numbers.images, bytes: numbers.bytes });
    if (this.options.metricsFile) {
      await (await import('./write-metrics')).writeMetrics(this.options.metricsFile, numbers);
    }
    await this.telemetry
      ?.send(numbers)
      .catch((reason: unknown) => this.options.warn(`nothing was sent to the collector: ${String(reason)}`));
    await this.logger.close();
  }
}
