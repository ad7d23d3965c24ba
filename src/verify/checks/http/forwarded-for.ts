import { judge, skip, type Check } from '../../check';
import { FORGED, requestLog } from '../request-log';

export const forwardedFor: Check = {
  id: 'http/forwarded-for',
  expectation: 'nobody is believed who says on whose behalf he asks, where no proxy is trusted',
  async run(subject) {
    if (subject.image.trustedProxies?.length) {
      return skip(`proxies are trusted: ${subject.image.trustedProxies.join(', ')}`);
    }
    const { lines, forged } = await requestLog(subject);
    const logged = lines.some((line) => line.includes(`"remote_addr":"${FORGED}"`));
    return judge(
      [
        ...(forged.address === FORGED ? [`PHP takes ${FORGED} for the client`] : []),
        ...(forged.https && !subject.image.tls ? ['PHP believes in HTTPS'] : []),
        ...(logged ? [`the log takes ${FORGED} for the client`] : []),
      ],
      `the client is ${forged.address}`,
    );
  },
};
