import { judge, type Check } from '../../check';

export const ping: Check = {
  id: 'health/ping',
  expectation: 'GET /ping answers 200 pong, to any host',
  async run(subject) {
    const server = await subject.server();
    const hosts = ['localhost', '127.0.0.1', 'kubernetes.invalid', 'a.b.c:8080'];
    const answers = await Promise.all(hosts.map((host) => server.plainRequest('/ping', { headers: { Host: host } })));
    const wrong = answers
      .map(({ status, text }, index) => `${hosts[index]}: ${status} ${JSON.stringify(text.slice(0, 40))}`)
      .filter((_, index) => answers[index]!.status !== 200 || answers[index]!.text !== 'pong');
    return judge(wrong, `200 "pong" to ${hosts.join(', ')}`);
  },
};
