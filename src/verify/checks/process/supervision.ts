import { judge, type Check } from '../../check';
import { processesOf, type Role, type ServiceName } from '../../process-roles';

const SERVICES: readonly ServiceName[] = ['nginx', 'php-fpm'];
const ROLES: readonly Role[] = ['supervisor', 'master', 'worker'];

export const supervision: Check = {
  id: 'process/supervision',
  expectation: 's6 is process 1 and supervises nginx and PHP-FPM',
  async run(subject) {
    const processes = await (await subject.server()).processes();
    const missing = SERVICES.flatMap((service) =>
      ROLES.filter((role) => processesOf(processes, service, role).length === 0).map(
        (role) => `a ${role} of ${service}`,
      ),
    );
    if (!processes.some(({ pid, command }) => pid === 1 && /\bs6-svscan\b/.test(command))) {
      missing.push('s6-svscan as process 1');
    }
    return judge(
      missing.map((what) => `there is not ${what}: ${processes.map(({ command }) => command).join(', ')}`),
      `${processes.length} processes`,
    );
  },
};
