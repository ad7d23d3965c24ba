import { judge, type Check } from '../../check';
import { requestLog } from '../request-log';

export const pingNotLogged: Check = {
  id: 'health/ping-not-logged',
  expectation: 'pings are not logged',
  async run(subject) {
    const { lines } = await requestLog(subject);
    const pings = lines.filter((line) => /"uri":"\/ping["?]|ping of the verification/.test(line));
    return judge(
      pings.slice(0, 1).map((line) => `${pings.length} lines, the first is ${line}`),
      `none among ${lines.length} lines`,
    );
  },
};
