import type { HttpAnswer } from '../http';
import { sleep } from '../sleep';
import { endOf } from './end-of';
import type { Subject } from '../subject';

/** Requests in flight, more than the workers of the default memory limit. */
export const REQUESTS = 6;

/** Bytes of each answer. */
export const LENGTH = 300_000;

/** What happened when a server with requests in flight was asked to stop. */
export interface StopUnderLoad {
  readonly answers: ReadonlyArray<HttpAnswer | Error>;
  /** What a client got that came after the signal. */
  readonly late: HttpAnswer | undefined;
  /** Requests that were in flight when that client came. */
  readonly inFlight: number;
  readonly exitCode: number;
  /** Milliseconds from the signal to the end. */
  readonly duration: number;
}

/** Asks a server with requests of two seconds in flight to stop, and looks at what becomes of them; done once. */
export function stopUnderLoad(subject: Subject): Promise<StopUnderLoad> {
  return subject.once('stop-under-load', async () => {
    const server = await subject.start();
    let inFlight = REQUESTS;
    const answers = Array.from({ length: REQUESTS }, () =>
      server
        .request(`/verify/slow?seconds=2&length=${LENGTH}`, { patience: 60_000 })
        .catch((error: unknown) => error as Error)
        .finally(() => inFlight--),
    );
    await sleep(700);
    const begin = performance.now();
    await subject.engine.signal(server.container, 'TERM');
    await sleep(500);
    const stillInFlight = inFlight;
    // A file: for a page it would wait behind the others, whether nginx takes it or not.
    const late = await server.request('/style.css', { patience: 1500 }).catch(() => undefined);
    const exitCode = await endOf(subject, server.container);
    const duration = performance.now() - begin;
    return { answers: await Promise.all(answers), late, inFlight: stillInFlight, exitCode, duration };
  });
}
