import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodes } from './registry-problem';

/** How often and how patiently something is tried again. */
export interface RetryOptions {
  /** Tries in all; @default 6 */
  readonly attempts?: number;
  /** Milliseconds before the second try; doubled for each further one; @default 250 */
  readonly delay?: number;
  /** Milliseconds that a registry may ask to wait; @default 120000 */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  /** Told of each try that is repeated. */
  readonly onRetry?: (message: string) => void;
}

/** Thrown by a try that may be repeated. */
export class Transient extends Error {
  /**
   * @param failure - what is thrown in the end
   * @param wait - milliseconds that were asked for
   */
  constructor(
    readonly failure: Error,
    readonly wait?: number,
  ) {
    super(failure.message);
  }
}

/** Longest pause between two tries, in milliseconds. */
const LONGEST = 10_000;

/** Tries until it works, waiting longer each time; what is not Transient is thrown at once. */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 6, delay = 250, patience = 120_000, signal, onRetry } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Transient)) {
        throw error;
      }
      signal?.throwIfAborted();
      const { wait } = error;
      if (attempt >= attempts || (wait ?? 0) > patience) {
        throw error.failure;
      }
      // Not in step with the other machines that were turned away at the same moment.
      const pause = wait ?? Math.min(LONGEST, delay * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
      onRetry?.(`${firstLine(error.failure)}; try ${attempt + 1} of ${attempts} in ${(pause / 1000).toFixed(1)} s`);
      await sleep(pause, undefined, { signal });
    }
  }
}

/** Whether an answer may be another one a moment later. */
export function isTransientStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** Whether a connection may work a moment later. */
export function isTransientError(error: unknown): boolean {
  const codes = errorCodes(error);
  return (
    codes.some((code) => TRANSIENT_CODES.has(code)) || (error instanceof Error && error.message === 'other side closed')
  );
}

/** Milliseconds of a Retry-After: seconds, or a date. */
export function retryAfter(value: string | undefined, now: number = Date.now()): number | undefined {
  if (value === undefined || value.trim() === '') {
    return undefined;
  }
  const seconds = Number(value);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

const TRANSIENT_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  // A connection that is given up since an answer, such as a refusal, came before all was sent.
  'UND_ERR_INFO',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
  'HPE_INVALID_EOF_STATE',
]);

function firstLine(error: Error): string {
  const [, where = '', what = ''] = error.message.split('\n').filter(Boolean);
  return [where.trim(), what.trim()].filter(Boolean).join(' ') || error.message;
}
