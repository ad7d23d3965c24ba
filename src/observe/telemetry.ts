import type * as Api from '@opentelemetry/api';
import type * as Sdk from '@opentelemetry/sdk-node';
import type { RunNumbers } from './run-metrics';

/** Variables that name a collector, as the specification of OpenTelemetry has them. */
const ENDPOINTS = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
];

/** Whether the environment names a collector. */
export function wantsTelemetry(environment: NodeJS.ProcessEnv): boolean {
  return environment.OTEL_SDK_DISABLED !== 'true' && ENDPOINTS.some((name) => Boolean(environment[name]));
}

/** What is told to a collector. */
export interface Telemetry {
  /** Sends a run and its phases as spans, and its numbers as metrics. */
  send(numbers: RunNumbers): Promise<void>;
}

/**
 * The SDK of OpenTelemetry, set up by its own environment variables; undefined where it is not installed.
 *
 * @param warn told why nothing is sent
 */
export async function openTelemetry(warn: (message: string) => void): Promise<Telemetry | undefined> {
  const [api, sdk] = await Promise.all([
    import('@opentelemetry/api').catch(() => undefined),
    import('@opentelemetry/sdk-node').catch(() => undefined),
  ]);
  if (!api || !sdk) {
    warn(
      'a collector is named in the environment, but OpenTelemetry is not installed: npm install --save-dev @opentelemetry/api @opentelemetry/sdk-node',
    );
    return undefined;
  }
  return { send: (numbers) => send(api, sdk, numbers) };
}

async function send(api: typeof Api, sdk: typeof Sdk, numbers: RunNumbers): Promise<void> {
  process.env.OTEL_SERVICE_NAME ??= 'dockerfile-generator';
  process.env.OTEL_TRACES_EXPORTER ??= 'otlp';
  process.env.OTEL_METRICS_EXPORTER ??= 'otlp';
  process.env.OTEL_LOGS_EXPORTER ??= 'none';
  const node = new sdk.NodeSDK({ instrumentations: [], autoDetectResources: false });
  node.start();
  sendSpans(api, numbers);
  sendMetrics(api, numbers);
  await node.shutdown();
}

/** One span for the run, and one below it for each phase. */
function sendSpans({ trace, context, SpanStatusCode }: typeof Api, numbers: RunNumbers): void {
  const tracer = trace.getTracer('dockerfile-generator');
  const attributes = {
    'dockerfile_generator.command': numbers.command,
    'process.exit.code': numbers.status,
    'dockerfile_generator.bytes': numbers.bytes,
  };
  const run = tracer.startSpan(`dockerfile-generator ${numbers.command}`, { startTime: numbers.begin, attributes });
  const below = trace.setSpan(context.active(), run);
  for (const { name, begin, duration, failed } of numbers.phases) {
    const span = tracer.startSpan(name, { startTime: begin }, below);
    if (failed) {
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end(begin + duration);
  }
  if (numbers.status !== 0) {
    run.setStatus({ code: SpanStatusCode.ERROR, message: `exit status ${numbers.status}` });
  }
  run.end(numbers.begin + numbers.duration);
}

function sendMetrics({ metrics }: typeof Api, numbers: RunNumbers): void {
  const meter = metrics.getMeter('dockerfile-generator');
  const { command } = numbers;
  meter
    .createHistogram('dockerfile_generator.run.duration', { unit: 'ms' })
    .record(numbers.duration, { command, status: numbers.status });
  const phases = meter.createHistogram('dockerfile_generator.phase.duration', { unit: 'ms' });
  numbers.phases.forEach(({ name, duration }) => phases.record(duration, { command, phase: name }));
  const images = meter.createCounter('dockerfile_generator.images');
  Object.entries(numbers.images).forEach(([outcome, number]) => images.add(number, { command, outcome }));
  meter.createCounter('dockerfile_generator.written', { unit: 'By' }).add(numbers.bytes, { command });
  meter.createHistogram('dockerfile_generator.peak_memory', { unit: 'By' }).record(numbers.peakMemory, { command });
  meter
    .createCounter('dockerfile_generator.cpu', { unit: 's' })
    .add(numbers.cpu.user + numbers.cpu.system, { command });
}
