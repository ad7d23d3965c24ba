import { MARKER } from '../application';
import { judge, type Verdict } from '../check';
import type { Server } from '../server';

/** nginx itself answers 400 to a path that leads above the root. */
const REFUSALS = [400, 403, 404];

/** Passed if every path is refused and none shows what is in its file. */
export async function expectRefused(server: Server, paths: readonly string[]): Promise<Verdict> {
  const answers = await Promise.all(paths.map((path) => server.request(path)));
  const wrong = answers.flatMap(({ status, text }, index) => {
    const shown = text.includes(MARKER) ? ' with the content of the file' : '';
    return REFUSALS.includes(status) && !shown ? [] : [`${paths[index]} answers ${status}${shown}`];
  });
  return judge(wrong, `${paths.length} paths, every one refused`);
}
