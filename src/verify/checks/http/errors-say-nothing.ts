import { judge, type Check } from '../../check';
import { logAfter } from '../log-after';

export const errorsSayNothing: Check = {
  id: 'http/errors-say-nothing',
  expectation: 'an uncaught exception answers 500 without a word of why; the log says why',
  async run(subject) {
    const server = await subject.server();
    const { status, text } = await server.request('/verify/fail');
    const { stderr } = await logAfter(server, () => Promise.resolve());
    return judge(
      [
        ...(status === 500 ? [] : [`it answers ${status}`]),
        ...(/reason|exception|index\.php/i.test(text) ? [`the client reads: ${text.slice(0, 200)}`] : []),
        ...(stderr.includes('the reason of the failure') ? [] : ['the reason is not in the log on stderr']),
      ],
      '500, nothing to the client, the reason on stderr',
    );
  },
};
