import { judge, type Check } from '../../check';

const PATHS = ['/page', '/style.css', '/.env', '/other.php', '/verify/fail', '/ping', '/%00'];

export const noVersions: Check = {
  id: 'http/no-versions',
  expectation: 'no answer says a version of anything, nor that PHP is behind it',
  async run(subject) {
    const server = await subject.server();
    const problems: string[] = [];
    for (const path of PATHS) {
      const { headers, text } = await server.request(path);
      const said = ['server', 'x-powered-by', 'via']
        .map((name) => headers.get(name))
        .filter((value) => value !== undefined);
      const leaks = said.filter((value) => value !== 'nginx');
      const page = text.startsWith('{') ? null : /(?:nginx|php)\/?\s*\d[\d.]*/i.exec(text);
      problems.push(...leaks.map((leak) => `${path}: ${leak}`), ...(page ? [`${path}: ${page[0]}`] : []));
    }
    return judge(problems, `${PATHS.length} answers, Server: nginx at most`);
  },
};
