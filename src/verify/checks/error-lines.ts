import type { Server } from '../server';
import { sleep } from '../sleep';

/** The lines on stderr, as soon as one holds `text`; without such a line after two seconds. */
export async function errorLines(server: Server, text: string): Promise<readonly string[]> {
  const until = performance.now() + 2000;
  for (;;) {
    const { stderr } = await server.logs();
    if (stderr.includes(text) || performance.now() > until) {
      return stderr.split('\n');
    }
    await sleep(50);
  }
}
