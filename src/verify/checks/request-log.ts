import { randomUUID } from 'node:crypto';
import { sleep } from '../sleep';
import type { Subject } from '../subject';

/** Of a network for documentation: no client has it. */
export const FORGED = '203.0.113.77';

/** What would break a line or a string that is not escaped. */
export const NASTY = `a "quoted" \\ <b> 'x' {"json":1}`;

/** The log of a few requests. */
export interface RequestLog {
  readonly lines: readonly string[];
  /** Stands in the address of a request by a nasty user agent. */
  readonly nasty: string;
  /** What PHP was told of a request on behalf of somebody else. */
  readonly forged: { readonly address: string; readonly https: string };
}

/** Milliseconds: each worker of nginx writes its log in pieces, at least once a second. */
const FLUSH = 1200;

/** Sends requests that a log may get wrong, and reads it when all of them must stand there; done once. */
export function requestLog(subject: Subject): Promise<RequestLog> {
  return subject.once('request-log', async () => {
    const server = await subject.server();
    const nasty = randomUUID();
    await server.plainRequest('/ping', { headers: { 'User-Agent': 'ping of the verification' } });
    await server.request(`/page?${nasty}="%0a\\x`, { headers: { 'User-Agent': NASTY } });
    const forged = await server.ask<RequestLog['forged']>('address', {
      headers: {
        Forwarded: `for=${FORGED}`,
        'X-Forwarded-For': FORGED,
        'X-Forwarded-Proto': 'https',
        'X-Real-IP': FORGED,
      },
    });
    await sleep(FLUSH);
    const { stdout } = await server.logs();
    return { lines: stdout.split('\n').filter(Boolean), nasty, forged };
  });
}
