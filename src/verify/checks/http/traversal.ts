import { MARKER, TRAVERSALS } from '../../application';
import { judge, type Check } from '../../check';

export const traversal: Check = {
  id: 'http/traversal',
  expectation: 'no path leads out of the document root',
  async run(subject) {
    const server = await subject.server();
    const answers = await Promise.all(TRAVERSALS.map((path) => server.request(path)));
    const shown = TRAVERSALS.filter((_, index) => answers[index]!.text.includes(MARKER));
    return judge(
      shown.map((path) => `${path} shows a file beside the document root`),
      `${TRAVERSALS.length} paths, none leads out`,
    );
  },
};
