import type { HttpAnswer } from '../http';
import { sleep } from '../sleep';
import { endOf } from './end-of';
import type { Server } from '../server';
import type { Subject } from '../subject';

/** Requests in flight, more than the workers of the default memory limit. */
export const REQUESTS = 6;

/** Bytes of each answer. */
export const LENGTH = 300_000;

/** How long a request takes; on a slow machine longer, but not as long as a server waits for it. */
const SECONDS = 2;
const LONGEST = 6;

/** What happened when a server with requests in flight was asked to stop. */
export interface StopUnderLoad {
  readonly answers: ReadonlyArray<HttpAnswer | Error>;
  /** What the last client got that came after the signal; undefined when it was refused. */
  readonly late: HttpAnswer | undefined;
  /** Milliseconds from the signal to that client. */
  readonly lateAfter: number;
  /** Requests that were in flight when that client had come. */
  readonly inFlight: number;
  readonly exitCode: number;
  /** Milliseconds from the signal to the end. */
  readonly duration: number;
}

/** Asks a server with requests in flight to stop, and looks at what becomes of them; done once. */
export function stopUnderLoad(subject: Subject): Promise<StopUnderLoad> {
  return subject.once('stop-under-load', async () => {
    const server = await subject.start();
    const seconds = Math.min(LONGEST, subject.bound(SECONDS));
    let inFlight = REQUESTS;
    const answers = Array.from({ length: REQUESTS }, () =>
      server
        .request(`/verify/slow?seconds=${seconds}&length=${LENGTH}`, { patience: 60_000 })
        .catch((error: unknown) => error as Error)
        .finally(() => inFlight--),
    );
    await sleep(700);
    const begin = performance.now();
    await subject.engine.signal(server.container, 'TERM');
    const { late, lateAfter, stillInFlight } = await comeLate(server, () => inFlight);
    const exitCode = await endOf(subject, server.container);
    const duration = performance.now() - begin;
    return { answers: await Promise.all(answers), late, lateAfter, inFlight: stillInFlight, exitCode, duration };
  });
}

/** New clients come until one is refused, since the signal takes its time to arrive, or nothing is in flight any more. */
async function comeLate(
  server: Server,
  inFlight: () => number,
): Promise<{ late: HttpAnswer | undefined; lateAfter: number; stillInFlight: number }> {
  const begin = performance.now();
  for (;;) {
    await sleep(200);
    const lateAfter = performance.now() - begin;
    // A file: for a page it would wait behind the others, whether nginx takes it or not.
    const late = await server.request('/style.css', { patience: 1500 }).catch(() => undefined);
    // Where all is broken off a new client is refused as well.
    await sleep(50);
    const stillInFlight = inFlight();
    if (late === undefined || stillInFlight === 0) {
      return { late, lateAfter, stillInFlight };
    }
  }
}
