import { judge, type Check } from '../../check';
import type { HttpRequest } from '../../http';
import { configuredMethods } from '../configured-methods';
import { securityHeaderProblems } from '../security-headers';

/** A request for each kind of answer. */
const REQUESTS: ReadonlyArray<HttpRequest & { readonly status: number }> = [
  { status: 200, path: '/page' },
  { status: 200, path: '/style.css' },
  { status: 400, path: '/', headers: { 'X-Long': 'x'.repeat(40_000) } },
  { status: 404, path: '/.env' },
  { status: 405, path: '/style.css', method: 'POST' },
  { status: 413, path: '/page', method: 'POST', headers: { 'Content-Length': String(2 ** 40) } },
  { status: 500, path: '/verify/fail' },
];

export const securityHeaders: Check = {
  id: 'http/security-headers',
  expectation: 'the security headers are on every answer: pages, files, 304, 400, 404, 405, 413, 500',
  async run(subject) {
    const server = await subject.server();
    const problems: string[] = [];
    const modified = (await server.request('/style.css')).headers.get('last-modified') ?? '';
    const unmodified: (typeof REQUESTS)[number] = {
      status: 304,
      path: '/style.css',
      headers: { 'If-Modified-Since': modified },
    };
    const methods = await configuredMethods(subject);
    // A method that is not let through answers 405 before anything else is looked at.
    const sent = REQUESTS.filter(({ status, method = 'GET' }) => status === 405 || methods.includes(method));
    for (const { status, path, ...request } of [...sent, unmodified]) {
      const answer = await server.request(path, request);
      if (answer.status !== status) {
        problems.push(`${request.method ?? 'GET'} ${path} answers ${answer.status} and not ${status}`);
      }
      problems.push(
        ...(await securityHeaderProblems(subject, answer)).map((problem) => `${status} ${path}: ${problem}`),
      );
      if (answer.headers.has('strict-transport-security') !== (subject.image.tls !== undefined)) {
        problems.push(
          `${status} ${path}: Strict-Transport-Security ${subject.image.tls ? 'is missing' : 'without TLS'}`,
        );
      }
    }
    return judge(problems, `${sent.length + 1} answers, each with all of them`);
  },
};
