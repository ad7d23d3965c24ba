import { judge, type Check } from '../../check';

export const statusPages: Check = {
  id: 'health/status-pages',
  expectation: 'the status pages of nginx and PHP-FPM are not shown to the outside',
  async run(subject) {
    const server = await subject.server();
    const paths = ['/nginx-status', '/nginx_status', '/fpm-status', '/status', '/fpm-status?full', '/fpm-ping'];
    const answers = await Promise.all(paths.map((path) => server.request(path)));
    const shown = paths.filter((_, index) =>
      /active connections|start since|accepted conn/i.test(answers[index]!.text),
    );
    return judge(shown, 'none of them is shown');
  },
};
