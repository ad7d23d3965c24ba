import { judge, skip, type Check } from '../../check';
import { logAfter } from '../log-after';

/** Of a network for documentation: no client has it. */
const FORGED = '203.0.113.77';

export const forwardedFor: Check = {
  id: 'http/forwarded-for',
  expectation: 'nobody is believed who says on whose behalf he asks, where no proxy is trusted',
  async run(subject) {
    if (subject.image.trustedProxies?.length) {
      return skip(`proxies are trusted: ${subject.image.trustedProxies.join(', ')}`);
    }
    const server = await subject.server();
    const headers = {
      Forwarded: `for=${FORGED}`,
      'X-Forwarded-For': FORGED,
      'X-Forwarded-Proto': 'https',
      'X-Real-IP': FORGED,
    };
    const answer = await server.ask<{ address: string; https: string }>('address', { headers });
    const { stdout } = await logAfter(server, () => Promise.resolve());
    return judge(
      [
        ...(answer.address === FORGED ? [`PHP takes ${FORGED} for the client`] : []),
        ...(answer.https ? ['PHP believes in HTTPS'] : []),
        ...(stdout.includes(`"remote_addr":"${FORGED}"`) ? [`the log takes ${FORGED} for the client`] : []),
      ],
      `the client is ${answer.address}`,
    );
  },
};
