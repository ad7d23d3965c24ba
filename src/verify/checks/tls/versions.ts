import { connect, type SecureVersion } from 'node:tls';
import { judge, skip, type Check } from '../../check';
import { hostOf } from '../../verified-image';

/** What a server says to a version that it does not speak; anything else is no refusal of the version. */
const REFUSED = 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION';

const VERSIONS: Readonly<Record<SecureVersion, boolean>> = {
  TLSv1: false,
  'TLSv1.1': false,
  'TLSv1.2': true,
  'TLSv1.3': true,
};

export const tlsVersions: Check = {
  id: 'tls/versions',
  expectation: 'TLS 1.2 and 1.3 are spoken, 1.0 and 1.1 are refused',
  async run(subject) {
    const address = (await subject.server()).tlsAddress;
    if (address === undefined) {
      return skip('the image speaks no TLS');
    }
    const problems: string[] = [];
    for (const [version, spoken] of Object.entries(VERSIONS) as Array<[SecureVersion, boolean]>) {
      const seen = await shakeHands(address, hostOf(subject.image), version);
      problems.push(...(seen === (spoken ? version : REFUSED) ? [] : [`${version}: ${seen}`]));
    }
    return judge(problems, 'TLSv1.2 and TLSv1.3; the others are answered by an alert');
  },
};

/** The version that was agreed upon, or the code of the error. */
function shakeHands(address: string, servername: string, version: SecureVersion): Promise<string> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port),
      servername,
      rejectUnauthorized: false,
      minVersion: version,
      maxVersion: version,
      // By itself the client would not offer the old versions, and the server could not refuse them.
      ciphers: 'DEFAULT@SECLEVEL=0',
      timeout: 10_000,
    });
    const end = (seen: string): void => {
      socket.destroy();
      resolve(seen);
    };
    socket.once('secureConnect', () => end(socket.getProtocol() ?? 'no version'));
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
