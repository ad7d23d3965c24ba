import { judge, type Check } from '../../check';
import { tryWrites } from '../write-attempts';

export const otherUser: Check = {
  id: 'lifecycle/other-user',
  expectation: 'it also starts as 123456:0, as OpenShift gives, serves, and writes to the declared paths',
  async run(subject) {
    const server = await subject.start({ user: '123456:0' });
    const { user } = await server.ask<{ user: number }>('user');
    const session = await server.request('/verify/session');
    const paths = subject.image.writablePaths.map(({ path }) => path);
    const refused = Object.entries(await tryWrites(server, paths)).filter(([, done]) => !done);
    return judge(
      [
        ...(user === 123456 ? [] : [`PHP runs as ${user}`]),
        ...(session.text === '1' ? [] : [`a session answers ${session.status} ${session.text.slice(0, 100)}`]),
        ...refused.map(([path]) => `${path} cannot be written to`),
      ],
      `ready after ${Math.round(server.timeToReady)} ms, PHP runs as ${user}`,
    );
  },
};
