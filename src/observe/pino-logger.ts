import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { pino, stdTimeFunctions } from 'pino';
import type { PrettyOptions } from 'pino-pretty';
import { createStream } from 'rotating-file-stream';
import { DockerfileGeneratorError } from '../errors';
import { DEFAULT_ROTATION, type Logger, type LogOptions } from './logger';

/**
 * A log by pino.
 *
 * @throws DockerfileGeneratorError FILE_WRITE_ERROR where the file cannot be written
 */
export async function openLog(options: LogOptions): Promise<Logger> {
  const { level = 'info', style = 'json', redactor } = options;
  const destination = options.file === undefined ? toStderr() : await openFile(options.file, options.rotation);
  const stream = style === 'pretty' ? await prettify(destination) : destination;
  const log = pino(
    { level, base: undefined, timestamp: stdTimeFunctions.isoTime, formatters: { level: asWord } },
    stream,
  );
  const write =
    (to: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: object = {}) =>
      log[to](redactor.value(fields) as object, redactor.text(message));
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: () => close(stream, destination),
  };
}

function asWord(label: string): object {
  return { level: label };
}

/** stderr stays open for others. */
function toStderr(): Writable {
  return new Writable({ write: (chunk: Buffer, _, done) => void process.stderr.write(chunk, () => done()) });
}

async function openFile(file: string, { size, age, files } = DEFAULT_ROTATION): Promise<Writable> {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    const stream = createStream(basename(path), {
      path: dirname(path),
      size: size as `${number}M`,
      interval: age as `${number}d`,
      maxFiles: files,
      // A command is over before a day is: what is old or large is put aside when the next one begins.
      initialRotation: true,
      intervalBoundary: true,
    });
    await Promise.race([once(stream, 'open'), once(stream, 'error').then(([error]) => Promise.reject(error as Error))]);
    return stream;
  } catch (error) {
    const problem = {
      where: file,
      what: (error as Error).message,
      next: 'name a file that can be written with --log-file',
    };
    throw new DockerfileGeneratorError('FILE_WRITE_ERROR', [problem], { cause: error });
  }
}

async function prettify(destination: Writable): Promise<Writable> {
  const { default: pretty } = await import('pino-pretty');
  const options: PrettyOptions = {
    destination,
    colorize: false,
    translateTime: 'SYS:standard',
    ignore: 'pid,hostname',
  };
  return pretty(options) as unknown as Writable;
}

/** The end of the stream that is written to is handed on to the destination. */
async function close(stream: Writable, destination: Writable): Promise<void> {
  const finished = once(destination, 'finish');
  stream.end();
  await finished;
}
