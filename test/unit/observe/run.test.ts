import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { endOf, removeTemporaryDirectories, temporaryDirectory, type ChildResult } from '../synth/support';

const ROOT = join(__dirname, '../../..');

afterEach(removeTemporaryDirectories);

/** Runs the command in a folder of its own. */
function run(
  directory: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<ChildResult> {
  const command = [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), join(ROOT, 'src/cli/main.ts'), ...args];
  const env = { ...process.env, ...environment };
  return endOf(spawn(process.execPath, command, { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

const BUILD = ['build:dockerfile', '--php', '8.4', '--platform', 'debian', '--arch', 'amd64'];

describe('the numbers of a run', () => {
  const reason = spawnSync('promtool', ['--version']).error ? 'promtool is not installed: run .ci/testbed' : undefined;

  it('tell what was written, how long it took and what it needed', async () => {
    // GIVEN
    const directory = temporaryDirectory();
    // WHEN
    const { status } = await run(directory, [...BUILD, '--metrics-file', 'metrics/run.prom']);
    // THEN
    const text = readFileSync(join(directory, 'metrics/run.prom'), 'utf8');
    const value = (name: string) => Number(new RegExp(`^dockerfile_generator_${name} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(status).toBe(0);
    expect(value('images{command="build:dockerfile",outcome="generated"}'.replace(/[{}]/g, '\\$&'))).toBe(1);
    expect(value('exit_status{.*}')).toBe(0);
    expect(value('written_bytes{.*}')).toBeGreaterThan(10_000);
    expect(value('peak_memory_bytes{.*}')).toBeGreaterThan(20_000_000);
    expect(value('phase_duration_seconds{.*phase="write"}')).toBeGreaterThan(0);
  }, 60_000);

  it('tell of a run that failed, and its exit status stays its own', async () => {
    const directory = temporaryDirectory();
    const { status } = await run(directory, [
      'build:dockerfile',
      '--php',
      '9.9',
      '--platform',
      'debian',
      '--metrics-file',
      'run.prom',
    ]);
    expect(status).toBe(11);
    expect(readFileSync(join(directory, 'run.prom'), 'utf8')).toMatch(/^dockerfile_generator_exit_status\{.*\} 11$/m);
  }, 60_000);

  const judged = reason && process.env.REQUIRE_ENGINE !== '1' ? it.skip : it;
  judged(
    'are what promtool reads without a word' + (reason ? ` (${reason})` : ''),
    async () => {
      const directory = temporaryDirectory();
      await run(directory, [...BUILD, '--metrics-file', 'run.prom']);
      const text = readFileSync(join(directory, 'run.prom'), 'utf8');
      const check = (input: string) => spawnSync('promtool', ['check', 'metrics'], { encoding: 'utf8', input });
      expect(check(text)).toMatchObject({ status: 0, stdout: '', stderr: '' });
      expect(check(`${text}\nbroken{ 1\n`).status).not.toBe(0);
    },
    60_000,
  );
});

/** A collector: keeps what is posted, by path. */
class Collector {
  readonly posts = new Map<string, unknown[]>();
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      this.posts.set(path, [...(this.posts.get(path) ?? []), JSON.parse(Buffer.concat(chunks).toString())]);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status?: { readonly code?: number };
}

describe('a collector that the environment names', () => {
  let collector: Collector;
  let environment: Record<string, string>;

  beforeEach(async () => {
    collector = new Collector();
    environment = { OTEL_EXPORTER_OTLP_ENDPOINT: await collector.listen(), OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };
  });

  afterEach(() => collector.close());

  /** Everything below a key, wherever it stands. */
  function below<T>(value: unknown, key: string): T[] {
    if (typeof value !== 'object' || value === null) {
      return [];
    }
    return Object.entries(value).flatMap(([name, inner]) => [
      ...(name === key && Array.isArray(inner) ? (inner as T[]) : []),
      ...below<T>(inner, key),
    ]);
  }

  it('gets a span of the run, one below it of each phase, and the numbers', async () => {
    // WHEN
    const { status, stderr } = await run(temporaryDirectory(), BUILD, environment);
    // THEN
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^output: \d+ written/)]);
    const spans = below<Span>(collector.posts.get('/v1/traces'), 'spans');
    const root = spans.find(({ name }) => name === 'dockerfile-generator build:dockerfile')!;
    expect(spans.find(({ name }) => name === 'write')).toMatchObject({
      traceId: root.traceId,
      parentSpanId: root.spanId,
    });
    const metrics = below<{ name: string }>(collector.posts.get('/v1/metrics'), 'metrics').map(({ name }) => name);
    expect(metrics).toEqual(
      expect.arrayContaining(['dockerfile_generator.run.duration', 'dockerfile_generator.images']),
    );
  }, 60_000);

  it('is told of a failure', async () => {
    await run(temporaryDirectory(), ['build:dockerfile', '--php', '9.9', '--platform', 'debian'], environment);
    const spans = below<Span>(collector.posts.get('/v1/traces'), 'spans');
    expect(spans.find(({ name }) => name.startsWith('dockerfile-generator'))).toMatchObject({ status: { code: 2 } });
  }, 60_000);

  it('that does not answer keeps nobody from working', async () => {
    const { status, stdout } = await run(temporaryDirectory(), BUILD, {
      ...environment,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      OTEL_EXPORTER_OTLP_TIMEOUT: '500',
      OTEL_BSP_EXPORT_TIMEOUT: '500',
    });
    expect([status, stdout]).toEqual([0, 'output/nginx-php-fpm-8.4-debian/amd64\n']);
  }, 60_000);
});
