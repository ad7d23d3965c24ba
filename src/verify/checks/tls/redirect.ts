import { judge, skip, type Check } from '../../check';
import { hostOf } from '../../verified-image';

export const redirect: Check = {
  id: 'tls/redirect',
  expectation: 'plain HTTP is sent to https, with its path and query; no page is served, no HSTS is said there',
  async run(subject) {
    const server = await subject.server();
    if (server.tlsAddress === undefined) {
      return skip('the image speaks no TLS');
    }
    const { status, headers } = await server.plainRequest('/page?name=a%20b');
    const location = headers.get('location') ?? 'nowhere';
    const wanted = `https://${hostOf(subject.image)}/page?name=a%20b`;
    return judge(
      [
        ...(status === 301 ? [] : [`it answers ${status}`]),
        ...(location === wanted ? [] : [`it sends to ${location}`]),
        ...(headers.has('strict-transport-security') ? ['it says Strict-Transport-Security'] : []),
      ],
      `301 to ${location}`,
    );
  },
};
