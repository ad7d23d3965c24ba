import { judge, type Check } from '../../check';

export const headerSize: Check = {
  id: 'limits/header-size',
  expectation: 'a header or an address of 4 KB passes, one of 64 KB answers 4xx',
  async run(subject) {
    const server = await subject.server();
    const requests: ReadonlyArray<{ name: string; path: string; headers: Record<string, string>; statuses: number[] }> =
      [
        { name: 'header of 4 KB', path: '/page', headers: { 'X-Long': 'x'.repeat(4000) }, statuses: [200] },
        { name: 'address of 4 KB', path: `/page?${'x'.repeat(4000)}`, headers: {}, statuses: [200] },
        { name: 'header of 64 KB', path: '/page', headers: { 'X-Long': 'x'.repeat(65_000) }, statuses: [400, 431] },
        { name: 'address of 64 KB', path: `/page?${'x'.repeat(65_000)}`, headers: {}, statuses: [400, 414] },
      ];
    const problems: string[] = [];
    for (const { name, path, headers, statuses } of requests) {
      const { status } = await server.request(path, { headers });
      problems.push(...(statuses.includes(status) ? [] : [`${name} answers ${status}`]));
    }
    return judge(problems, '4 KB pass, 64 KB do not');
  },
};
