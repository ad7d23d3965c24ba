import { connect } from 'node:http2';
import { skip, verdict, type Check } from '../../check';
import { hostOf } from '../../verified-image';

/** Milliseconds. */
const PATIENCE = 15_000;

export const http2: Check = {
  id: 'tls/http2',
  expectation: 'a client that offers HTTP/2 gets a page by it',
  async run(subject) {
    const address = (await subject.server()).tlsAddress;
    if (address === undefined) {
      return skip('the image speaks no TLS');
    }
    const status = await fetchPage(address, hostOf(subject.image));
    return verdict(status === '200', `/page answers ${status} by HTTP/2`);
  },
};

/** The status of a page, or why there is none. */
function fetchPage(address: string, host: string): Promise<string> {
  return new Promise((resolve) => {
    const session = connect(`https://${address}`, { rejectUnauthorized: false, servername: host });
    const end = (seen: string): void => {
      session.destroy();
      resolve(seen);
    };
    session.once('error', (error) => end(error.message));
    session.setTimeout(PATIENCE, () => end('nothing'));
    const request = session.request({ ':path': '/page', ':authority': host });
    request.once('response', (headers) => end(String(headers[':status'])));
    request.once('error', (error) => end(error.message));
  });
}
