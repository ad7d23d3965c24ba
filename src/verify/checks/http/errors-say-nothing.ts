import { judge, type Check } from '../../check';
import { errorLines } from '../error-lines';

export const errorsSayNothing: Check = {
  id: 'http/errors-say-nothing',
  expectation: 'an uncaught exception answers 500 without a word of why; the log says why',
  async run(subject) {
    const server = await subject.server();
    const { status, text } = await server.request('/verify/fail');
    const reason = 'the reason of the failure';
    const logged = (await errorLines(server, reason)).some((line) => line.includes(reason));
    return judge(
      [
        ...(status === 500 ? [] : [`it answers ${status}`]),
        ...(/reason|exception|index\.php/i.test(text) ? [`the client reads: ${text.slice(0, 200)}`] : []),
        ...(logged ? [] : ['the reason is not in the log on stderr']),
      ],
      '500, nothing to the client, the reason on stderr',
    );
  },
};
