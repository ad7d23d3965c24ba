import { randomUUID } from 'node:crypto';
import type { Server } from '../server';
import { sleep } from '../sleep';

/** The log after something was done: a request that is sent last is waited for, so nothing before it is missing. */
export async function logAfter(
  server: Server,
  act: () => Promise<unknown>,
): Promise<Awaited<ReturnType<Server['logs']>>> {
  await act();
  const last = `/verify/${randomUUID()}`;
  await server.request(last);
  for (let attempt = 0; attempt < 100; attempt++) {
    const logs = await server.logs();
    if (logs.stdout.includes(last)) {
      return logs;
    }
    await sleep(50);
  }
  throw new Error('a request does not get into the log on stdout');
}
