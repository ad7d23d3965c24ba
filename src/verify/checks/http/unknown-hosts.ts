import { judge, skip, type Check } from '../../check';

export const unknownHosts: Check = {
  id: 'http/unknown-hosts',
  expectation: 'hosts that the image was not told of are refused',
  async run(subject) {
    if (!subject.image.serverNames?.length) {
      return skip('the image answers every host');
    }
    const server = await subject.server();
    const answered: string[] = [];
    for (const host of ['forged.invalid', '127.0.0.1']) {
      const answer = await server.request('/page', { headers: { Host: host } }).catch(() => undefined);
      answered.push(...(answer ? [`${host} is answered ${answer.status}`] : []));
    }
    return judge(answered, 'their connections are closed');
  },
};
