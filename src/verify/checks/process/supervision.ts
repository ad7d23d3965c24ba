import { judge, type Check } from '../../check';

export const supervision: Check = {
  id: 'process/supervision',
  expectation: 's6 is process 1 and supervises nginx and PHP-FPM',
  async run(subject) {
    const processes = await (await subject.server()).processes();
    const wanted = {
      's6-svscan as process 1': processes.some(({ pid, command }) => pid === 1 && /\bs6-svscan\b/.test(command)),
      'a supervisor of nginx': processes.some(({ command }) => command === 's6-supervise nginx'),
      'a supervisor of php-fpm': processes.some(({ command }) => command === 's6-supervise php-fpm'),
      "nginx's master": processes.some(({ command }) => command.startsWith('nginx: master')),
      "PHP-FPM's master": processes.some(({ command }) => command.startsWith('php-fpm: master')),
    };
    const missing = Object.entries(wanted).filter(([, there]) => !there);
    return judge(
      missing.map(([name]) => `there is no ${name}: ${processes.map(({ command }) => command).join(', ')}`),
      `${processes.length} processes`,
    );
  },
};
