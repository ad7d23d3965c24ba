import { judge, type Check } from '../../check';
import { processesOf, type Role } from '../../process-roles';
import { sleep } from '../../sleep';
import { securityHeaderProblems } from '../security-headers';

export const withoutPhp: Check = {
  id: 'http/without-php',
  expectation: 'while PHP-FPM is down: 502 with the security headers, files are served, /ping fails; then it recovers',
  async run(subject) {
    const server = await subject.start();
    const processes = await server.processes();
    const find = (role: Role): number[] => processesOf(processes, 'php-fpm', role).map(({ pid }) => pid);
    // A supervisor that is stopped restarts nothing.
    await server.kill('STOP', ...find('supervisor'));
    await server.kill('KILL', ...find('master'), ...find('worker'));
    const page = await server.request('/page');
    const file = await server.request('/style.css');
    const problems = [
      ...(page.status === 502 ? [] : [`/page answers ${page.status} and not 502`]),
      ...(file.status === 200 ? [] : [`/style.css answers ${file.status} and not 200`]),
      ...((await server.alive()) ? ['/ping answers pong'] : []),
      ...(await securityHeaderProblems(subject, page)).map((problem) => `502: ${problem}`),
    ];
    await server.kill('CONT', ...find('supervisor'));
    const until = performance.now() + subject.bound(2000);
    while (!(await server.alive()) && performance.now() < until) {
      await sleep(20);
    }
    return judge(
      [...problems, ...((await server.alive()) ? [] : ['it does not recover'])],
      '502 with all headers, then 200',
    );
  },
};
