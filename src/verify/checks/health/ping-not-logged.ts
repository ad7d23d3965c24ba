import { verdict, type Check } from '../../check';
import { logAfter } from '../log-after';

export const pingNotLogged: Check = {
  id: 'health/ping-not-logged',
  expectation: 'pings are not logged',
  async run(subject) {
    const server = await subject.server();
    const { stdout } = await logAfter(server, () => server.request('/ping'));
    const pings = stdout.split('\n').filter((line) => line.includes('/ping"'));
    return verdict(pings.length === 0, pings[0] ?? 'no line of a ping');
  },
};
