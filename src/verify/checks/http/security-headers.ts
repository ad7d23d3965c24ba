import { judge, type Check } from '../../check';
import type { HttpRequest } from '../../http';
import { securityHeaderProblems } from '../security-headers';

/** A request for each kind of answer. */
const REQUESTS: ReadonlyArray<HttpRequest & { readonly status: number }> = [
  { status: 200, path: '/page' },
  { status: 200, path: '/style.css' },
  { status: 304, path: '/style.css', headers: { 'If-Modified-Since': 'Fri, 01 Jan 2038 00:00:00 GMT' } },
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
    for (const { status, path, ...request } of REQUESTS) {
      const answer = await server.request(path, request);
      // A conditional request is "not modified" only when the file is older than 2038 and the clock is right.
      if (answer.status !== status) {
        problems.push(`${request.method ?? 'GET'} ${path} answers ${answer.status} and not ${status}`);
      }
      problems.push(
        ...(await securityHeaderProblems(subject, answer)).map((problem) => `${status} ${path}: ${problem}`),
      );
      if (answer.headers.has('strict-transport-security')) {
        problems.push(`${status} ${path}: Strict-Transport-Security without TLS`);
      }
    }
    return judge(problems, `${REQUESTS.length} answers, each with all of them`);
  },
};
