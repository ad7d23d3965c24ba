import { judge, type Check } from '../../check';
import { entryPointsOf } from '../../verified-image';
import { configuredMethods } from '../configured-methods';

interface Answer {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly route: string;
  readonly script: string;
}

export const frontController: Check = {
  id: 'http/front-controller',
  expectation: 'every path that is no file goes to the front controller, with its query, by any method',
  async run(subject) {
    const server = await subject.server();
    const [front] = entryPointsOf(subject.image);
    const methods = await configuredMethods(subject);
    const requests = [
      { method: 'GET', path: '/', route: '/' },
      { method: 'GET', path: '/some/page?name=a%20b', route: '/some/page', name: 'a b' },
      { method: 'POST', path: '/some/page', route: '/some/page' },
      { method: 'DELETE', path: '/some/page/7', route: '/some/page/7' },
    ].filter(({ method }) => methods.includes(method));
    const problems: string[] = [];
    for (const { method, path, route, name } of requests) {
      const { status, text } = await server.request(path, { method });
      const answer = status === 200 ? (JSON.parse(text) as Answer) : undefined;
      if (
        answer?.method !== method ||
        answer.route !== route ||
        answer.script !== front ||
        answer.query.name !== name
      ) {
        problems.push(`${method} ${path} answers ${status} ${text.slice(0, 200)}`);
      }
    }
    return judge(problems, `${requests.length} requests, each at ${front}`);
  },
};
